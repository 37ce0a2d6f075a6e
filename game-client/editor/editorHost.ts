/** The parts of the page that the editor uses. */
import type { Game } from "#client/game.ts";
import type { Connection } from "#client/net/connection.ts";

export interface EditorHost {
  readonly endpoint: string;
  readonly connection: Connection;
  load(): Promise<Game>;
  /** Called when another screen follows the editor. */
  left(): void;
}
