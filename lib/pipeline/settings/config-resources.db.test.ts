import { describe, expect, it } from "vitest";
import type { ConfigResourceRef, ConfigResourceWrite } from "@/lib/domain/config-resource";
import { configDatabase, refusal } from "@/lib/testing/config-database";
import { actors } from "@/lib/testing/context";
import { deleteConfigResource } from "./delete-config-resource";
import { getConfig } from "./get-config";
import { getConfigResource, listConfigResources } from "./get-config-resource";
import { putConfigResource } from "./put-config-resource";

const { context, read, patch, auditEntries, db } = configDatabase();
const local = { destination_id: "local", name: "Local", kind: "telemetry" };
const hook = {
  destination_id: "hook",
  name: "Hook",
  kind: "webhook",
  webhook_url: "https://hooks.example.test/T0KEN/in?key=K3Y",
  webhook_secret_ref: "env:TANDEM_HOOK_SECRET",
};
const project = {
  project_id: "shop",
  name: "Shop",
  repo: "acme/shop",
  workspace_root: "/workspace/repos/shop",
};

const destination = (id: string, fields: object = {}): ConfigResourceWrite => ({
  kind: "destination",
  id,
  given: { destinationId: id, name: id, kind: "telemetry", ...fields },
});
const source = (id: string, path = `logs/${id}.log`): ConfigResourceWrite => ({
  kind: "log_source",
  projectId: "shop",
  id,
  given: { sourceId: id, path },
});
const ref: ConfigResourceRef = { kind: "destination", id: "hook" };

describe("putting one row", () => {
  it("creates, replaces whole and changes nothing else; revision and audit as for any change", async () => {
    await patch({ destinations: [local, hook], default_destination_ids: ["local"] });
    const made = await putConfigResource(context(), { write: destination("extra", { routeTags: ["ops"] }) });
    expect([made.created, made.changes.map(({ path }) => path)]).toEqual([true, ["destinations.extra"]]);
    const replaced = await putConfigResource(context(), { write: destination("extra") });
    expect([replaced.created, replaced.resource]).toMatchObject([false, { routeTags: [] }]);
    const config = await read();
    expect(config.destinations.map((row) => row.destination_id)).toEqual(["local", "hook", "extra"]);
    expect(config.default_destination_ids).toEqual(["local"]);
    expect(await db().prisma.configRevision.count()).toBe(3);
    expect((await auditEntries()).map(({ action, detail }) => [action, (detail as any).changed])).toEqual([
      ["incident_monitor.config.updated", expect.any(Array)],
      ["incident_monitor.config.updated", ["added destinations.extra"]],
      ["incident_monitor.config.updated", ["changed destinations.extra.route_tags"]],
    ]);
    const again = await putConfigResource(context(), { write: destination("extra") });
    expect([again.changes, again.tag]).toEqual([[], replaced.tag]);
    expect(await db().prisma.configRevision.count()).toBe(3);
  });

  it("is validated as a configuration is, and a dry run writes and records nothing", async () => {
    const bad = { webhookUrl: "ftp://hooks.example.test/" };
    const error = await refusal(putConfigResource(context(), { write: destination("hook", bad) }));
    expect(error).toMatchObject({ kind: "invalid", reason: "config_invalid" });
    expect(error.context.issues).toMatchObject([{ path: "destinations[0].webhook_url", code: "url_scheme" }]);

    const tried = await putConfigResource(context(), { write: destination("extra"), dryRun: true });
    expect([tried.created, tried.changes.length]).toEqual([true, 1]);
    expect((await read()).destinations).toEqual([]);
    expect(await auditEntries()).toEqual([]);
  });

  it("If-Match is of the row: another row's change does not disturb, its own does", async () => {
    await patch({ destinations: [local, hook] });
    const { tag } = await getConfigResource(context(), { kind: "destination", id: "local" });
    await putConfigResource(context(), { write: destination("hook") });
    const renamed = destination("local", { name: "Renamed" });
    const first = await putConfigResource(context(), { write: renamed, ifMatch: `"${tag}"` });
    const late = { write: destination("local", { name: "Late" }), ifMatch: `"${tag}"` };
    const error = await refusal(putConfigResource(context(), late));
    expect(error).toMatchObject({ kind: "conflict", reason: "config_stale" });
    expect(error.context.current_etag).toBe(`"${first.tag}"`);
    const gone = { write: destination("nowhere"), ifMatch: "*" };
    expect((await refusal(putConfigResource(context(), gone))).reason).toBe("config_stale");
  });

  it("a tag does not come back with a row that was deleted and made anew", async () => {
    const first = await putConfigResource(context(), { write: destination("extra") });
    await deleteConfigResource(context(), { ref: { kind: "destination", id: "extra" } });
    await putConfigResource(context(), { write: destination("extra", { name: "Other" }) });
    const write = destination("extra", { name: "Third" });
    const error = await refusal(putConfigResource(context(), { write, ifMatch: `"${first.tag}"` }));
    expect(error.reason).toBe("config_stale");
  });

  it("If-None-Match: * makes only; of two at once one is refused", async () => {
    const create = () => putConfigResource(context(), { write: destination("extra"), ifNoneMatch: "*" });
    const outcomes = await Promise.allSettled([create(), create()]);
    const lost = outcomes.filter((outcome) => outcome.status === "rejected");
    expect(lost).toHaveLength(1);
    expect(lost[0]?.reason).toMatchObject({ kind: "conflict", reason: "config_exists" });
  });

  it("writers of different rows at once all get through", async () => {
    const ids = ["a", "b", "c", "d"];
    await Promise.all(ids.map((id) => putConfigResource(context(), { write: destination(id) })));
    expect((await read()).destinations.map((row) => row.destination_id).sort()).toEqual(ids);
  });

  it("a log source belongs to a project that exists", async () => {
    expect((await refusal(putConfigResource(context(), { write: source("api") }))).reason).toBe(
      "project_not_found",
    );
    await patch({ monitored_projects: [project] });
    await putConfigResource(context(), { write: source("api") });
    await putConfigResource(context(), { write: source("web") });
    await putConfigResource(context(), { write: source("api", "other.log") });
    const [shop] = (await read()).monitored_projects;
    expect(shop?.log_sources.map((row) => [row.source_id, row.path])).toEqual([
      ["api", "other.log"],
      ["web", "logs/web.log"],
    ]);
  });
});

describe("deleting one row", () => {
  it("takes a destination out of defaults and routes, and says so", async () => {
    await patch({
      destinations: [local, hook],
      default_destination_ids: ["local", "hook"],
      routes: [
        { route_id: "only", name: "Only", destination_ids: ["hook"] },
        { route_id: "both", name: "Both", destination_ids: ["local", "hook"] },
        { route_id: "none", name: "None" },
      ],
    });
    const tried = await deleteConfigResource(context(), { ref, dryRun: true });
    expect((await read()).destinations).toHaveLength(2);
    const { alsoChanged } = await deleteConfigResource(context(), { ref });
    expect(alsoChanged).toEqual(tried.alsoChanged);
    expect(alsoChanged.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      "changed default_destination_ids",
      "removed routes.only",
      "changed routes.both.destination_ids",
    ]);
    const config = await read();
    expect(config.routes.map((row) => [row.route_id, row.destination_ids])).toEqual([
      ["both", ["local"]],
      ["none", []],
    ]);
    expect((await refusal(deleteConfigResource(context(), { ref }))).reason).toBe("destination_not_found");
  });

  it("a destination that a source is bound to stays", async () => {
    const bound = {
      ...project,
      log_sources: [{ source_id: "api", path: "a", allowed_destination_ids: ["hook"] }],
    };
    await patch({ destinations: [local, hook], monitored_projects: [bound] });
    const error = await refusal(deleteConfigResource(context(), { ref }));
    expect(error).toMatchObject({ kind: "conflict", reason: "destination_in_use" });
    expect(error.context.referenced_by).toEqual([
      "monitored_projects.shop.log_sources.api.allowed_destination_ids",
    ]);
    expect((await read()).destinations).toHaveLength(2);
  });

  it("a project goes with its sources; a stale tag is refused", async () => {
    await patch({ monitored_projects: [project] });
    const { tag } = await getConfigResource(context(), { kind: "project", id: "shop" });
    await putConfigResource(context(), { write: source("api") });
    const shop: ConfigResourceRef = { kind: "project", id: "shop" };
    const error = await refusal(deleteConfigResource(context(), { ref: shop, ifMatch: `"${tag}"` }));
    expect(error.reason).toBe("config_stale");
    await deleteConfigResource(context(), { ref: shop });
    expect(await db().prisma.logSource.count()).toBe(0);
  });
});

describe("who may see and do what", () => {
  it.each([
    ["a viewer", actors.viewer()],
    ["a triager", actors.triager()],
    ["an approver", actors.approver()],
    ["an auditor", actors.auditor()],
    ["a service token", actors.serviceToken()],
    ["an agent token", actors.agentToken()],
    ["a project's admin", actors.projectMember({ shop: "admin" })],
  ])("%s sees a webhook's host alone, and may change nothing", async (_, actor) => {
    await patch({ destinations: [hook] });
    const seen = JSON.stringify([
      await getConfig(context(actor)),
      await getConfigResource(context(actor), ref),
      await listConfigResources(context(actor), { kind: "destination" }),
    ]);
    expect(seen).toContain("https://hooks.example.test/…");
    for (const secret of ["T0KEN", "K3Y"]) expect(seen).not.toContain(secret);
    const error = await refusal(putConfigResource(context(actor), { write: destination("hook") }));
    expect(error.kind).toBe("forbidden");
    expect((await refusal(deleteConfigResource(context(actor), { ref }))).kind).toBe("forbidden");
    expect((await auditEntries()).filter(({ outcome }) => outcome === "denied")).toHaveLength(2);
  });

  it("who may configure sees it whole, and the masked form is never stored by anybody", async () => {
    await patch({ destinations: [hook] });
    const whole = await getConfigResource(context(actors.adminToken()), ref);
    expect(whole.resource).toMatchObject({ webhookUrl: hook.webhook_url });
    const shown = await getConfig(context(actors.viewer()));
    const webhookUrl = shown.destinations[0]?.webhookUrl;
    const put = putConfigResource(context(), { write: destination("hook", { kind: "webhook", webhookUrl }) });
    expect((await refusal(put)).context.issues).toMatchObject([{ code: "url_masked" }]);
    const patched = patch({ destinations: [{ ...hook, webhook_url: webhookUrl }] });
    expect((await refusal(patched)).context.issues).toMatchObject([{ code: "url_masked" }]);
    expect((await read()).destinations[0]?.webhook_url).toBe(hook.webhook_url);
  });

  it("somebody with project roles does not see other projects, nor that they are there", async () => {
    await patch({ monitored_projects: [project, { ...project, project_id: "other", name: "Other" }] });
    const member = context(actors.projectMember({ shop: "viewer" }));
    expect((await listConfigResources(member, { kind: "project" })).resources).toHaveLength(1);
    const unseen = await refusal(getConfigResource(member, { kind: "project", id: "other" }));
    const unknown = await refusal(getConfigResource(member, { kind: "project", id: "nowhere" }));
    expect([unseen.kind, unseen.reason]).toEqual([unknown.kind, unknown.reason]);
    const sources = listConfigResources(member, { kind: "log_source", projectId: "other" });
    expect((await refusal(sources)).reason).toBe("project_not_found");
  });
});
