/** Why a task failed, read out at once. */
import type { Task } from "./task.ts";

export function TaskNotice({ of }: { of: Task }) {
  if (!of.failure) return null;
  return (
    <p class="field-error" role="alert">
      {of.failure}
    </p>
  );
}
