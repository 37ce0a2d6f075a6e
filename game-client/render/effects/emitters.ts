/** One Phaser particle emitter for each kind of particle; each burst sets place, direction and tint. */
import Phaser from "phaser";
import { ATLAS, ATLAS_UNIT } from "#client/render/paint/atlas.ts";
import { flashes } from "#client/render/reducedMotion.ts";
import { PARTICLE_KINDS, type ParticleKind } from "./particleKinds.ts";

export interface Burst {
  readonly x: number;
  readonly y: number;
  readonly tint: number;
  /** Radians; without it, particles fly in all directions. */
  readonly aim?: number;
  /** Radians to either side of `aim`. */
  readonly spread?: number;
  /** Factor of the kind's speed; 1 by default. */
  readonly speed?: number;
  /** Factor of the kind's size; 1 by default. */
  readonly size?: number;
}

export type Emitters = Record<keyof typeof PARTICLE_KINDS, BurstEmitter>;

export function createEmitters(scene: Phaser.Scene): Emitters {
  const made: Partial<Emitters> = {};
  for (const name of Object.keys(PARTICLE_KINDS) as (keyof typeof PARTICLE_KINDS)[])
    made[name] = new BurstEmitter(scene, PARTICLE_KINDS[name]);
  return made as Emitters;
}

const between = ([least, most]: readonly [number, number]) => least + Math.random() * (most - least);

/**
 * A particle with its own kind, size and drag. It moves by itself: Phaser's particles ask some twenty operators of their
 * emitter in each frame, which share such settings among all particles, and box each number on the way.
 */
class BurstParticle extends Phaser.GameObjects.Particles.Particle {
  #kind: ParticleKind | undefined;
  #size = 1;
  #light = 1;

  launch(kind: ParticleKind, burst: Burst): void {
    this.#kind = kind;
    this.#size = burst.size ?? 1;
    this.#light = kind.isFlash ? flashes.level : 1;
    this.tint = burst.tint;
    const spread = burst.spread ?? (burst.aim === undefined ? Math.PI : 0);
    const direction = (burst.aim ?? 0) + (Math.random() * 2 - 1) * spread;
    const speed = between(kind.speed) * (burst.speed ?? 1);
    this.velocityX = Math.cos(direction) * speed;
    this.velocityY = Math.sin(direction) * speed;
    if (kind.turn === "none") this.rotation = 0;
    else this.rotation = kind.turn === "with motion" ? direction : Math.random() * Math.PI * 2;
    this.#age(kind, 0);
  }

  /** Returns whether the particle is dead. */
  override update(deltaMs: number, stepSec: number): boolean {
    const kind = this.#kind;
    if (!kind || this.lifeCurrent <= 0) return true;
    this.x += this.velocityX * stepSec;
    this.y += this.velocityY * stepSec;
    const kept = kind.speedKept ** stepSec;
    this.velocityX *= kept;
    this.velocityY *= kept;
    this.#age(kind, 1 - this.lifeCurrent / this.life);
    this.lifeCurrent -= deltaMs;
    return this.lifeCurrent <= 0;
  }

  /** `life` is the share of its life that the particle has lived. */
  #age(kind: ParticleKind, life: number): void {
    const height = kind.height ?? kind.width;
    const eased = kind.growth(life);
    const unit = ATLAS_UNIT * this.#size;
    // Both ranges are read by index, because an array pattern allocates an iterator.
    this.scaleX = (kind.width[0] + (kind.width[1] - kind.width[0]) * eased) * unit;
    this.scaleY = (height[0] + (height[1] - height[0]) * eased) * unit;
    this.alpha = kind.alpha * this.#light * (1 - life) ** kind.fading;
  }
}

export class BurstEmitter {
  readonly #kind: ParticleKind;
  readonly #emitter: Phaser.GameObjects.Particles.ParticleEmitter;

  constructor(scene: Phaser.Scene, kind: ParticleKind) {
    this.#kind = kind;
    this.#emitter = scene.add.particles(0, 0, ATLAS, {
      frame: kind.frame,
      emitting: false,
      particleClass: BurstParticle,
      maxAliveParticles: kind.aliveMax,
      reserve: Math.min(kind.aliveMax, 32),
      blendMode: kind.glows ? Phaser.BlendModes.ADD : Phaser.BlendModes.NORMAL,
      lifespan: { min: kind.lifeMs[0], max: kind.lifeMs[1] },
    });
    this.#emitter.setDepth(kind.depth);
  }

  /** How many ms pass for the particles in one. */
  set rate(rate: number) {
    this.#emitter.timeScale = rate;
  }

  clear(): void {
    this.#emitter.killAll();
  }

  /** Emits up to `count` particles; drops those above the kind's maximum. */
  burst(count: number, burst: Burst): void {
    for (let made = 0; made < count && !this.#emitter.atLimit(); made++) {
      const particle = this.#emitter.emitParticleAt(burst.x, burst.y, 1);
      if (particle instanceof BurstParticle) particle.launch(this.#kind, burst);
    }
  }
}
