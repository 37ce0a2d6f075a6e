/** Phaser's particle emitters, one a kind of particle, each told with every burst where, whither and in what hue. */
import Phaser from "phaser";
import { ATLAS, ATLAS_UNIT } from "#client/render/paint/atlas.ts";
import { PARTICLE_KINDS, type ParticleKind } from "./particleKinds.ts";

export interface Burst {
  readonly x: number;
  readonly y: number;
  readonly tint: number;
  /** Radians; without it, all round. */
  readonly aim?: number;
  /** Radians to either side of `aim`. */
  readonly spread?: number;
  /** Of the kind's own speed. */
  readonly speed?: number;
  /** Of the kind's own size. */
  readonly size?: number;
}

export type Emitters = Record<keyof typeof PARTICLE_KINDS, Shower>;

export function createEmitters(scene: Phaser.Scene): Emitters {
  const made: Partial<Emitters> = {};
  for (const name of Object.keys(PARTICLE_KINDS) as (keyof typeof PARTICLE_KINDS)[])
    made[name] = new Shower(scene, PARTICLE_KINDS[name]);
  return made as Emitters;
}

const between = ([least, most]: readonly [number, number]) => least + Math.random() * (most - least);

/** A particle with a kind, a size of its own and drag: Phaser's emitters share their settings among all particles. */
class Mote extends Phaser.GameObjects.Particles.Particle {
  private kind: ParticleKind | undefined;
  private size = 1;

  launch(kind: ParticleKind, burst: Burst): void {
    this.kind = kind;
    this.size = burst.size ?? 1;
    this.tint = burst.tint;
    const spread = burst.spread ?? (burst.aim === undefined ? Math.PI : 0);
    const direction = (burst.aim ?? 0) + (Math.random() * 2 - 1) * spread;
    const speed = between(kind.speed) * (burst.speed ?? 1);
    this.velocityX = Math.cos(direction) * speed;
    this.velocityY = Math.sin(direction) * speed;
    this.turn(kind, direction);
    this.grow(kind, 0);
  }

  override update(
    deltaMs: number,
    stepSec: number,
    processors: Phaser.GameObjects.Particles.ParticleProcessor[],
  ): boolean {
    const dead = super.update(deltaMs, stepSec, processors);
    if (!this.kind) return dead;
    const kept = this.kind.kept ** stepSec;
    this.velocityX *= kept;
    this.velocityY *= kept;
    this.alpha = this.kind.alpha * (1 - this.lifeT) ** this.kind.fading;
    this.grow(this.kind, this.lifeT);
    return dead;
  }

  /** Phaser sets the rotation from the angle each frame, so both must agree. */
  private turn(kind: ParticleKind, direction: number): void {
    if (kind.turn === "none") this.rotation = 0;
    else this.rotation = kind.turn === "with motion" ? direction : Math.random() * Math.PI * 2;
    this.angle = Phaser.Math.RadToDeg(this.rotation);
  }

  private grow(kind: ParticleKind, life: number): void {
    const [fromWidth, toWidth] = kind.width;
    const [fromHeight, toHeight] = kind.height ?? kind.width;
    const eased = kind.growth(life);
    this.scaleX = (fromWidth + (toWidth - fromWidth) * eased) * ATLAS_UNIT * this.size;
    this.scaleY = (fromHeight + (toHeight - fromHeight) * eased) * ATLAS_UNIT * this.size;
  }
}

export class Shower {
  private readonly kind: ParticleKind;
  private readonly emitter: Phaser.GameObjects.Particles.ParticleEmitter;

  constructor(scene: Phaser.Scene, kind: ParticleKind) {
    this.kind = kind;
    this.emitter = scene.add.particles(0, 0, ATLAS, {
      frame: kind.frame,
      emitting: false,
      particleClass: Mote,
      maxAliveParticles: kind.most,
      reserve: Math.min(kind.most, 32),
      blendMode: kind.glows ? Phaser.BlendModes.ADD : Phaser.BlendModes.NORMAL,
      lifespan: { min: kind.lifeMs[0], max: kind.lifeMs[1] },
    });
    this.emitter.setDepth(kind.depth);
  }

  /** What is over the kind's bound is left out. */
  burst(count: number, burst: Burst): void {
    for (let made = 0; made < count && !this.emitter.atLimit(); made++) {
      const mote = this.emitter.emitParticleAt(burst.x, burst.y, 1);
      if (mote instanceof Mote) mote.launch(this.kind, burst);
    }
  }
}
