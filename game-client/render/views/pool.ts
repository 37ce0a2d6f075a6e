/** A pool of views, so that a volley allocates nothing. */
export class Pool<View extends { park(): void }> {
  readonly #make: () => View;
  readonly #idle: View[] = [];

  /** Creates `warm` views in advance. */
  constructor(make: () => View, warm: number) {
    this.#make = make;
    for (let count = 0; count < warm; count++) this.giveBack(make());
  }

  take(): View {
    return this.#idle.pop() ?? this.#make();
  }

  /** Hides the view and returns it; the caller must not use it afterwards. */
  giveBack(view: View): void {
    view.park();
    this.#idle.push(view);
  }
}
