import { useEffect, useState } from "preact/hooks";

/** performance.now(), renewed once a second and with each render. */
export function useNow(): number {
  const [, setTurn] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setTurn((turn) => turn + 1), 1_000);
    return () => clearInterval(timer);
  }, []);
  return performance.now();
}
