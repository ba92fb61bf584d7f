import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { viewsMax } from "@/lib/domain/saved-view";
import { actors } from "@/lib/testing/context";
import { createSilenceGround, type SilenceGround } from "@/lib/testing/silence-ground";
import { createView } from "./create-view";
import { deleteView } from "./delete-view";
import { listViews } from "./list-views";
import { updateView } from "./update-view";

let ground: SilenceGround;
beforeAll(async () => {
  ground = await createSilenceGround();
});
afterAll(() => ground.close());

let people = 0;
function person(role: "viewer" | "approver" | "admin" = "viewer") {
  people += 1;
  return ground.as(actors[role]({ userId: `person-${people}`, name: `Person ${people}` }));
}
const wish = (name: string, fields: object = {}) => ({
  ...{ name, query: { state: "open", sort: "risk" }, shared: false, isDefault: false },
  ...fields,
});
const seen = async (as: ReturnType<typeof person>) =>
  (await listViews(as)).map(({ name, isDefault, mayChange }) => [name, isDefault, mayChange]);

describe("saved views", () => {
  it("are their owner's, until they are shared", async () => {
    const ada = person();
    const ben = person();
    const view = await createView(ada, wish("  Worst   first ", { isDefault: true }));
    expect(view).toMatchObject({ name: "Worst first", query: { state: "open", sort: "risk" }, version: 1 });
    expect(await seen(ada)).toEqual([["Worst first", true, true]]);
    expect(await seen(ben)).toEqual([]);
    await expect(updateView(ben, { viewId: view.viewId, isDefault: true })).rejects.toMatchObject({
      reason: "view_not_found",
    });
    await expect(deleteView(ben, view.viewId)).rejects.toMatchObject({ reason: "view_not_found" });

    await updateView(ada, { viewId: view.viewId, shared: true });
    expect(await seen(ben)).toEqual([["Worst first", false, false]]);
    await updateView(ben, { viewId: view.viewId, isDefault: true });
    expect(await seen(ben)).toEqual([["Worst first", true, false]]);
    await expect(updateView(ben, { viewId: view.viewId, name: "Mine" })).rejects.toMatchObject({
      kind: "forbidden",
    });
    await expect(deleteView(ben, view.viewId)).rejects.toMatchObject({ kind: "forbidden" });
    expect(await ground.audits("access.denied", view.viewId)).toHaveLength(2);
    await deleteView(person("admin"), view.viewId);
    expect([await seen(ada), await seen(ben)]).toEqual([[], []]);
    expect(await ground.db.prisma.savedViewDefault.count()).toBe(0);
  });

  it("are named once by one owner, in whatever case, and by others as they like", async () => {
    const ada = person();
    await createView(ada, wish("Shop"));
    await expect(createView(ada, wish("shop "))).rejects.toMatchObject({ reason: "view_name_taken" });
    const other = await createView(ada, wish("Bank"));
    await expect(updateView(ada, { viewId: other.viewId, name: "SHOP" })).rejects.toMatchObject({
      reason: "view_name_taken",
    });
    await createView(person(), wish("Shop"));
  });

  it("change over the version that was read, one default at a time, each change on the record", async () => {
    const ada = person();
    const first = await createView(ada, wish("First", { isDefault: true }));
    const second = await createView(ada, wish("Second", { isDefault: true }));
    expect(await seen(ada)).toEqual([
      ["First", false, true],
      ["Second", true, true],
    ]);
    await updateView(ada, { viewId: second.viewId, isDefault: false, query: { project: "shop" } });
    expect((await listViews(ada))[1]).toMatchObject({
      isDefault: false,
      query: { project: "shop" },
      version: 2,
    });
    const both = await Promise.allSettled([
      updateView(ada, { viewId: first.viewId, name: "One" }),
      updateView(ada, { viewId: first.viewId, name: "Another" }),
    ]);
    const won = both.filter((each) => each.status === "fulfilled").length;
    const { version } = await ground.db.prisma.savedView.findUniqueOrThrow({ where: { id: first.viewId } });
    expect(version).toBe(1 + won);
    await deleteView(ada, first.viewId);
    const actions = ["created", "updated", "deleted"];
    const entries = await Promise.all(
      actions.map((each) => ground.audits(`saved_view.${each}`, first.viewId)),
    );
    expect(entries.map((each) => each.length)).toEqual([1, won, 1]);
  });

  it("end at a number", async () => {
    const ada = person();
    for (let each = 0; each < viewsMax; each++) await createView(ada, wish(`View ${each}`));
    await expect(createView(ada, wish("One more"))).rejects.toMatchObject({ reason: "views_too_many" });
  });
});
