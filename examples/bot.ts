/** A bot on Colyseus' stock SDK: joins by quick play, looks for a drone and shoots at it. `npx node examples/bot.ts [URL]` */
import { Client } from "@colyseus/sdk";

interface Drone {
  x: number;
  y: number;
  hp: number;
  team: number;
}
interface State {
  drones: Map<string, Drone>;
}

const COMMANDS_PER_SEC = 30;
const MOVE_MAX = 127;
const FIRE = 1;
const KEEP_AWAY_PX = 250;

const client = new Client(process.argv[2] ?? "http://127.0.0.1:2567");
// A server in production takes programs only with the token that its operator has set.
if (process.env.BOT_TOKEN) client.auth.token = process.env.BOT_TOKEN;
const room = await client.joinOrCreate<State>("arena", { name: "Example bot" });
room.onMessage("*", () => {});
room.onLeave(() => process.exit());
const input = room.input<{ moveX: number; moveY: number; aim: number; buttons: number }>();

setInterval(() => {
  const own = room.connection.isOpen && room.state.drones?.get(room.sessionId);
  if (!own) return;
  const enemies = [...room.state.drones.values()].filter(({ hp, team }) => hp > 0 && team !== own.team);
  const distanceTo = ({ x, y }: Drone) => Math.hypot(x - own.x, y - own.y);
  const [enemy] = enemies.sort((a, b) => distanceTo(a) - distanceTo(b));
  // The state holds only drones in view: without one, search in a wide circle.
  const aim = enemy ? Math.atan2(enemy.y - own.y, enemy.x - own.x) : performance.now() / 2000;
  const speed = enemy && distanceTo(enemy) < KEEP_AWAY_PX ? 0 : MOVE_MAX;
  const moveX = Math.round(speed * Math.cos(aim));
  const moveY = Math.round(speed * Math.sin(aim));
  Object.assign(input.data, { moveX, moveY, aim, buttons: enemy ? FIRE : 0 });
  input.send();
}, 1000 / COMMANDS_PER_SEC);
