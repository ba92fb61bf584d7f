import { describe, expect, it } from "vitest";
import { actors } from "@/lib/testing/context";
import type { Actor } from "./actor";
import { narrowedTo } from "./narrow-actor";
import { readableProjects } from "./permission";

describe("an actor as far as a permission reaches", () => {
  it.each<[string, Actor, readonly string[] | null]>([
    ["an auditor of everything", actors.auditor(), null],
    ["an admin's token", actors.adminToken(), null],
    ["an auditor of one project", actors.projectMember({ shop: "auditor", bank: "viewer" }), ["shop"]],
    [
      "one who reads everything and audits one",
      actors.viewer({ projectRoles: { shop: "auditor" } }),
      ["shop"],
    ],
    ["one who may assess nothing", actors.projectMember({ bank: "viewer" }), []],
    ["a service's token", actors.serviceToken(), []],
  ])("%s", (_, actor, projects) => {
    const narrowed = narrowedTo(actor, "assess");
    expect(narrowed.projects).toEqual(projects);
    if (actor.kind === "user") expect(readableProjects(narrowed.actor)).toEqual(projects);
  });
});
