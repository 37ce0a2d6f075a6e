/** The screens before one is in a room. All but the title are fetched when they are first wanted. */
import { lazily } from "#client/ui/kit/lazily.tsx";
import type { FrontScreen } from "./frontModel.ts";
import { Title } from "./Title.tsx";

const Host = lazily(() => import("./Host.tsx").then((part) => part.Host));
const Browse = lazily(() => import("./rooms.ts").then((part) => part.Browse));
const CodeEntry = lazily(() => import("./rooms.ts").then((part) => part.CodeEntry));
const Gate = lazily(() => import("./rooms.ts").then((part) => part.Gate));

export function Front({ now }: { now: FrontScreen }) {
  switch (now.kind) {
    case "title":
      return <Title outcome={now.outcome} />;
    case "host":
      return <Host outcome={now.outcome} />;
    case "browse":
      return <Browse />;
    case "code":
      return <CodeEntry />;
    case "gate":
      return <Gate key={now.code} code={now.code} outcome={now.outcome} />;
  }
}
