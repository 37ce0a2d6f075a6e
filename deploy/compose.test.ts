import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parseConfig, VARIABLES } from "#server/config.ts";
import { type ComposeService, readCompose } from "./testing/programs.ts";

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
/** Debian's Compose is older than this line, which only names the project. */
const FILE = read("compose.yml").replace(/^name: .*\n/m, "");

const SECRETS = { METRICS_TOKEN: "m".repeat(16), ADMIN_PASSWORD: "a".repeat(12), JWT_SECRET: "j".repeat(32) };
const services = readCompose(FILE, FOLDER, { DOMAIN: "fracas.example", COMPOSE_PROFILES: "", ...SECRETS });
const servers = Object.entries(services).filter(([, { image }]) => image === "fracas");
const inProfile = (profile: string) =>
  Object.keys(services).filter((name) => services[name]?.profiles?.includes(profile));
const settingsOf = ({ environment = {} }: ComposeService) => environment;

describe("deploy/compose.yml, read by Compose itself", () => {
  test("[DEPLOY-20] has one server or two machines behind Caddy, and what watches them", () => {
    expect(inProfile("one")).toEqual(["caddy", "fracas"]);
    expect(inProfile("cluster")).toEqual(["caddy-cluster", "m1", "m2", "postgres", "redis"]);
    expect(inProfile("metrics")).toEqual(["grafana", "prometheus"]);
  });

  test.each(servers)("[DEPLOY-21] %s gets settings that exist and are valid", (_name, service) => {
    const settings = settingsOf(service);
    const known: string[] = Object.values(VARIABLES).map(({ name }) => name);
    expect(Object.keys(settings).filter((name) => !known.includes(name))).toEqual([]);
    const config = parseConfig({ NODE_ENV: "production", ...settings });
    expect(config.publicUrl).toBe("https://fracas.example");
    expect(config.trustedProxies).toHaveLength(1);
    expect(Number.parseInt(service.stop_grace_period ?? "", 10)).toBeGreaterThanOrEqual(
      config.drainSeconds + 5,
    );
  });

  test("[DEPLOY-22] refuses to start without DOMAIN, and needs nothing else for one server", () => {
    expect(() => readCompose(FILE, FOLDER, {})).toThrow(/DOMAIN/);
    const { fracas } = readCompose(FILE, FOLDER, { DOMAIN: "fracas.example" });
    expect(() => parseConfig(fracas ? settingsOf(fracas) : {})).not.toThrow();
  });

  test("[DEPLOY-23] machines of the cluster share secret, Redis and database, and have addresses and folders of their own", () => {
    const [m1 = {}, m2 = {}] = ["m1", "m2"].map((name) => services[name]?.environment);
    for (const name of ["JWT_SECRET", "REDIS_URL", "DATABASE_URL"]) {
      expect(m1[name]).toBeTruthy();
      expect(m1[name]).toBe(m2[name]);
    }
    expect([m1.PUBLIC_ADDRESS, m2.PUBLIC_ADDRESS]).toEqual(["fracas.example/m1", "fracas.example/m2"]);
    expect(services.m1?.volumes).not.toEqual(services.m2?.volumes);
  });

  test("[DEPLOY-24] mounts only files that exist, and example.env names every variable that it reads", () => {
    const mounted = Object.values(services).flatMap(({ volumes = [] }) => volumes);
    const files = mounted
      .map((volume) => volume.split(":")[0] ?? "")
      .filter((source) => source.includes("/"));
    expect(files.length).toBeGreaterThan(4);
    expect(files.filter((file) => !existsSync(file))).toEqual([]);
    const variables = new Set(Array.from(FILE.matchAll(/\$\{(\w+)/g), ([, name]) => name));
    for (const name of variables) expect(read("example.env")).toContain(`${name}=`);
    expect(read("../.gitignore").split("\n")).toContain("deploy/.env");
  });
});
