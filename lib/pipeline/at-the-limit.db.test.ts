import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { panelServersMax } from "@/lib/domain/mcp-settings";
import { viewsMax } from "@/lib/domain/saved-view";
import { packLimits } from "@/lib/domain/scenario";
import { projectSilencesMax, silencesMax } from "@/lib/domain/silence-rules";
import { actors } from "@/lib/testing/context";
import { aPack, aScenario } from "@/lib/testing/scenarios";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { aMatcher } from "@/lib/testing/silences";
import { AppError } from "./errors";
import { putMcpServer } from "./mcp/put-mcp-server";
import { putScenarioPack } from "./scenarios/put-scenario-pack";
import { updateSilence } from "./silences/update-silence";
import { createView } from "./views/create-view";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());
beforeEach(async () => {
  await ground.db.pool.query("TRUNCATE silences, scenario_packs, mcp_servers, saved_views CASCADE");
});

/** Twenty at once, whatever they are called: how many were taken, and why the others were not. */
async function twentyAtOnce(make: (serial: number) => Promise<unknown>) {
  // As many connections as there may be, so that none is late for being opened.
  await Promise.all(Array.from({ length: 20 }, () => ground.db.prisma.$queryRaw`SELECT 1`));
  const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, serial) => make(serial)));
  const reasons = ends.flatMap((end) => (end.status === "rejected" ? [end.reason] : []));
  for (const reason of reasons) if (!(reason instanceof AppError)) throw reason;
  return { taken: 20 - reasons.length, reasons: [...new Set(reasons.map(({ reason }) => reason))] };
}

const admin = () => ground.as(actors.admin());
const silence = (projects: string[] = []) =>
  ground.silence({ matcher: aMatcher({ matchSources: ["payments"], matchProjectIds: projects }) });

async function fill(count: number, make: (serial: number) => Promise<unknown>) {
  for (let serial = 0; serial < count; serial += 1) await make(100 + serial);
}

describe("one place is left, and twenty ask for it at once: one gets it", () => {
  it("saved views of a person; another's are counted apart", async () => {
    const view = (serial: number, userId = "ada") =>
      createView(ground.as(actors.viewer({ userId })), {
        ...{ name: `View ${serial}`, query: {}, shared: false, isDefault: false },
      });
    await fill(viewsMax - 1, (serial) => view(serial));
    expect(await twentyAtOnce((serial) => view(serial))).toEqual({ taken: 1, reasons: ["views_too_many"] });
    await view(1, "bob");
  });

  it("scenario packs", async () => {
    const pack = (serial: number) =>
      putScenarioPack(admin(), { pack: aPack([aScenario()], { packId: `pack-${serial}` }), revision: null });
    await fill(packLimits.packs - 1, pack);
    expect(await twentyAtOnce(pack)).toEqual({ taken: 1, reasons: ["scenario_packs_too_many"] });
  });

  it("MCP servers", async () => {
    const server = (serial: number) =>
      putMcpServer(admin(), {
        settings: {
          ...{ name: `server-${serial}`, url: "https://mcp.example.test/", enabled: true },
          ...{ authHeader: "authorization", authRef: null, allowedTools: null },
        },
      });
    await fill(panelServersMax - 1, server);
    expect(await twentyAtOnce(server)).toEqual({ taken: 1, reasons: ["mcp_servers_too_many"] });
  });

  it("silences of a project, and of all", async () => {
    await fill(projectSilencesMax - 1, () => silence(["shop"]));
    const full = { taken: 1, reasons: ["silences_too_many"] };
    expect(await twentyAtOnce(() => silence(["shop"]))).toEqual(full);
    await fill(silencesMax - projectSilencesMax - 1, () => silence());
    expect(await twentyAtOnce((serial) => silence(serial % 2 ? [] : ["bank"]))).toEqual(full);
  });

  it("silences that are changed to be of a full project count as new ones do", async () => {
    await fill(projectSilencesMax - 1, () => silence(["shop"]));
    const others = await Promise.all(Array.from({ length: 20 }, () => silence(["bank"])));
    const toShop = { matcher: aMatcher({ matchSources: ["payments"], matchProjectIds: ["shop"] }) };
    const moved = await twentyAtOnce((serial) =>
      updateSilence(ground.as(), { silenceId: others[serial]?.silence.silenceId ?? "", change: toShop }),
    );
    expect(moved).toEqual({ taken: 1, reasons: ["silences_too_many"] });
    const ofShop = await ground.db.prisma.silence.findFirstOrThrow({
      where: { projectIds: { has: "shop" } },
    });
    const change = { reason: "Of a full project already, and no more than there were" };
    await updateSilence(ground.as(), { silenceId: ofShop.id, change });
  });
});
