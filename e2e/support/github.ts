import { randomBytes } from "node:crypto";
import { type GithubFake, startGithubFake } from "../fakes/github";
import { keepSecret } from "./secret";

export type Github = GithubFake & { tokenRef: string; token: string };

/** GitHub's API on this machine, with a token that the server can read by reference. */
export async function openGithub(dataDir: string): Promise<Github> {
  const token = `ghp_${randomBytes(18).toString("hex")}`;
  const fake = await startGithubFake({ tokens: [token] });
  return Object.assign(fake, { tokenRef: keepSecret(dataDir, "github", token), token });
}

/** The row that files there. Plain http on this machine needs both opt-ins. */
export function githubRow(destinationId: string, github: Github, repo: string) {
  return {
    destination_id: destinationId,
    kind: "github_issue" as const,
    repo,
    config: {
      token_ref: github.tokenRef,
      api_base_url: github.apiBaseUrl,
      allow_insecure_http: true,
      allow_private_networks: true,
    },
  };
}
