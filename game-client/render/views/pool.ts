/** Views that are used again and again, so that a volley allocates nothing. */

export class Pool<View extends { park(): void }> {
  readonly #make: () => View;
  readonly #idle: View[] = [];

  /** `warm` views are made at once. */
  constructor(make: () => View, warm: number) {
    this.#make = make;
    for (let count = 0; count < warm; count++) this.giveBack(make());
  }

  take(): View {
    return this.#idle.pop() ?? this.#make();
  }

  /** The view must not be used after. */
  giveBack(view: View): void {
    view.park();
    this.#idle.push(view);
  }
}
