/** A fake of the WebAudio nodes that the game uses: it records what was scheduled, and its time is set by tests. */
import { vi } from "vitest";

interface Scheduled {
  readonly how: string;
  readonly value: number;
  readonly atSec: number;
}

export class FakeParam {
  readonly scheduled: Scheduled[] = [];
  value: number;
  constructor(value = 0) {
    this.value = value;
  }
  #note(how: string, value: number, atSec: number): this {
    this.scheduled.push({ how, value, atSec });
    return this;
  }
  setValueAtTime(value: number, atSec: number): this {
    return this.#note("set", value, atSec);
  }
  linearRampToValueAtTime(value: number, atSec: number): this {
    return this.#note("ramp", value, atSec);
  }
  setTargetAtTime(value: number, atSec: number): this {
    return this.#note("target", value, atSec);
  }
  cancelScheduledValues(atSec: number): this {
    return this.#note("cancel", 0, atSec);
  }
}

export class FakeNode {
  readonly context: FakeContext;
  readonly gain: FakeParam;
  readonly detune = new FakeParam();
  readonly options: Readonly<Record<string, unknown>>;
  /** Only of sources; undefined until then. */
  startedAtSec: number | undefined;
  stoppedAtSec: number | undefined;
  onended: (() => void) | undefined;
  output: FakeNode | undefined;
  readonly kind: string;

  constructor(kind: string, context: FakeContext, options: Readonly<Record<string, unknown>> = {}) {
    this.kind = kind;
    this.context = context;
    this.options = options;
    this.gain = new FakeParam(typeof options.gain === "number" ? options.gain : 1);
    context.nodes.push(this);
  }
  connect(to: FakeNode): FakeNode {
    this.output = to;
    return to;
  }
  disconnect(): void {
    this.output = undefined;
  }
  start(atSec = this.context.currentTime): void {
    this.startedAtSec = atSec;
  }
  stop(atSec = this.context.currentTime): void {
    this.stoppedAtSec = atSec;
  }
}

export class FakeContext {
  currentTime = 0;
  readonly sampleRate = 8_000;
  readonly state = "running";
  readonly nodes: FakeNode[] = [];
  readonly destination = new FakeNode("destination", this);

  createBuffer(_channels: number, length: number, sampleRate: number) {
    const samples = new Float32Array(length);
    return { duration: length / sampleRate, getChannelData: () => samples, copyToChannel: () => {} };
  }
  of(kind: string): FakeNode[] {
    return this.nodes.filter((node) => node.kind === kind);
  }
  resume(): Promise<void> {
    return Promise.resolve();
  }
}

const KINDS = [
  "GainNode",
  "OscillatorNode",
  "BiquadFilterNode",
  "DelayNode",
  "StereoPannerNode",
  "DynamicsCompressorNode",
  "AudioBufferSourceNode",
] as const;

/** Replaces the browser's constructors until vi.unstubAllGlobals(). Returns the context as both types. */
export function fakeAudio(): { context: AudioContext; fake: FakeContext } {
  const fake = new FakeContext();
  for (const kind of KINDS) {
    vi.stubGlobal(
      kind,
      class extends FakeNode {
        constructor(context: FakeContext, options?: Readonly<Record<string, unknown>>) {
          super(kind, context, options);
        }
      },
    );
  }
  return { context: fake as unknown as AudioContext, fake };
}
