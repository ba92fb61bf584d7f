import { describe, expect, it } from "vitest";
import { aConfig, aDestination } from "@/lib/testing/configs";
import {
  defaultConfig,
  effectiveDefaultDestinationIds,
  effectiveDestinations,
  isRepoSlug,
  legacyGithubId,
} from "./config";

describe("effective destinations", () => {
  it("case 1: an old-style config is one GitHub destination with its repo, server and approval flag", () => {
    const config = aConfig({ repo: "acme/shop", mcpServer: "github", requireApprovalForNewIssues: true });
    expect(effectiveDestinations(config)).toEqual([
      expect.objectContaining({
        destinationId: legacyGithubId,
        kind: "github_issue",
        enabled: true,
        repo: "acme/shop",
        mcpServer: "github",
        requireApproval: true,
        routeTags: ["legacy_github"],
      }),
    ]);
    expect(effectiveDefaultDestinationIds(config)).toEqual(["legacy-github"]);
  });

  it("case 2: explicit destinations without default ids leave the default list empty", () => {
    const config = aConfig({ destinations: [aDestination()], defaultDestinationIds: [" "] });
    expect(effectiveDestinations(config)).toEqual([aDestination()]);
    expect(effectiveDefaultDestinationIds(config)).toEqual([]);
  });

  it("case 3: fresh safety defaults", () => {
    expect(defaultConfig.safetyDefaults).toMatchObject({
      requireApprovalForHighRisk: true,
      redactSecrets: true,
      blockUnreadyDestinations: true,
      blockUnreadySources: false,
    });
    expect(defaultConfig.safetyDefaults.retentionDays).toBeUndefined();
  });

  it.each([
    ["acme/shop", true],
    ["acme/", false],
    ["/shop", false],
    ["acme / shop", true],
    ["acme/ ", false],
    ["a/b/c", false],
    ["acme", false],
    ["", false],
  ])("repo %j: %s", (repo, valid) => {
    expect(isRepoSlug(repo)).toBe(valid);
  });
});
