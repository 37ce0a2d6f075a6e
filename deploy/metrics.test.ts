import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bootServer, type TestServer } from "#server/testing/bootServer.ts";
import { startRedis, type TestRedis } from "#server/testing/redis.ts";
import { ROUTE } from "#shared/protocol/http.ts";
import { REFUSAL } from "#shared/protocol/refusal.ts";
import { temporaryFolder } from "#shared/testing/temporaryFolder.ts";
import { promtool } from "./testing/programs.ts";

const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const read = (file: string) => readFileSync(pathOf(file), "utf8");
const FILES = ["grafana/fracas.json", "prometheus/alerts.yml"];
const METRIC = /\b(?:fracas|nodejs|process)_[a-z0-9_]+\b/g;
const ALERTS = Array.from(read("prometheus/alerts.yml").matchAll(/alert: (\w+)/g), ([, name = ""]) => name);

interface Panel {
  title: string;
  targets?: { expr: string }[];
}

const dashboard = JSON.parse(read("grafana/fracas.json")) as { panels: Panel[] };

let redis: TestRedis;
let server: TestServer;
let reported: string[];
beforeAll(async () => {
  redis = await startRedis();
  server = await bootServer({
    ...{ redisUrl: redis.url, publicAddress: "127.0.0.1:1", jwtSecret: "j".repeat(32), processes: 2 },
  });
  const text = await (await fetch(`${server.url}${ROUTE.metrics}`)).text();
  reported = Array.from(text.matchAll(/^# TYPE (\w+) (\w+)$/gm), ([, name = "", type = ""]) =>
    type === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
  ).flat();
});
afterAll(async () => {
  await server.close();
  await redis.close();
});

describe("metrics", () => {
  test.each(FILES)("[DEPLOY-30] %s names only metrics that a running server reports", (file) => {
    const named = new Set(read(file).match(METRIC));
    expect(named.size).toBeGreaterThan(8);
    expect([...named].filter((name) => !reported.includes(name))).toEqual([]);
  });

  test("[DEPLOY-31] every metric that an alert watches is on the dashboard", () => {
    const shown = new Set(read("grafana/fracas.json").match(METRIC));
    expect(
      read("prometheus/alerts.yml")
        .match(METRIC)
        ?.filter((name) => !shown.has(name)),
    ).toEqual([]);
  });

  test("[DEPLOY-32] Prometheus itself reads its configuration, the alerts, and each panel's expressions", () => {
    const folder = temporaryFolder("prometheus");
    const token = join(folder, "token");
    writeFileSync(token, "m");
    writeFileSync(join(folder, "alerts.yml"), read("prometheus/alerts.yml"));
    writeFileSync(
      join(folder, "prometheus.yml"),
      read("prometheus/prometheus.yml").replace("/tmp/metrics-token", token),
    );
    expect(promtool("check", "config", join(folder, "prometheus.yml"))).toMatch(/SUCCESS: \d+ rules found/);

    const expressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
    expect(expressions.length).toBeGreaterThan(30);
    const rules = expressions.map((expr, index) => ({ record: `panel:${index}`, expr }));
    // JSON is YAML.
    writeFileSync(join(folder, "panels.yml"), JSON.stringify({ groups: [{ name: "panels", rules }] }));
    expect(promtool("check", "rules", join(folder, "panels.yml"))).toContain(`${rules.length} rules found`);
  });

  test("[DEPLOY-33] alerts fire on what they describe, and are silent on a healthy server", () => {
    expect(promtool("test", "rules", pathOf("prometheus/alerts.test.yml"))).toContain("SUCCESS");
  });

  test("[DEPLOY-34] the alert on full servers looks for their refusal's code", () => {
    expect(read("prometheus/alerts.yml")).toContain(`reason="http: ${REFUSAL.serverFull}"`);
  });

  test("[DEPLOY-35] docs/operating.md says for each alert where to look and what to do", () => {
    const page = read("../docs/operating.md");
    expect(ALERTS.length).toBeGreaterThan(10);
    expect(ALERTS.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
