import type { AdapterContext } from "@/lib/destinations/destination";
import { githubAdapter } from "@/lib/destinations/github";
import type { Destination, JsonObject } from "@/lib/domain/config";
import type { PublishRequest } from "@/lib/domain/delivery";
import type { PayloadSubject } from "@/lib/domain/payload";
import { createSafeFetch } from "@/lib/net/safe-fetch";
import { type GithubFake, type GithubFakeOptions, startGithubFake } from "./github";
import {
  sampleDestination,
  sampleEnvelope,
  samplePayloadSubject,
  samplePublishRequest,
} from "./sample-payload";

export type GithubGround = {
  fake: GithubFake;
  destination: (config?: JsonObject, repo?: string) => Destination;
  /** The sample draft, rendered for this destination and sealed under this key. */
  request: (overrides?: RequestOverrides) => PublishRequest;
  context: (overrides?: Partial<AdapterContext>) => AdapterContext;
  close: () => Promise<void>;
};

type RequestOverrides = Partial<PublishRequest> & {
  key?: string;
  createdAtMs?: number;
  destination?: Destination;
  subject?: PayloadSubject;
};

/** A fake GitHub and everything an adapter needs to reach it. `secrets`: what each reference resolves to. */
export async function githubGround(
  options: GithubFakeOptions = {},
  secrets: Readonly<Record<string, string>> = { "env:TANDEM_GITHUB_TOKEN": "gh-token" },
): Promise<GithubGround> {
  const fake = await startGithubFake(options);
  const fetch = createSafeFetch();
  const destination: GithubGround["destination"] = (config = {}, repo = "example/tracker") =>
    sampleDestination({
      kind: "github_issue",
      repo,
      config: {
        token_ref: "env:TANDEM_GITHUB_TOKEN",
        api_base_url: fake.apiBaseUrl,
        allow_insecure_http: true,
        allow_private_networks: true,
        ...config,
      },
    });
  return {
    fake,
    destination,
    request: ({ key, createdAtMs, subject, destination: given, ...overrides } = {}) => {
      const rendered = githubAdapter.render(given ?? destination(), subject ?? samplePayloadSubject());
      if (!rendered.ok) throw new Error(rendered.reason.message);
      const idempotencyKey = key ?? sampleEnvelope.idempotencyKey;
      const envelope = { ...sampleEnvelope, idempotencyKey, createdAtMs: createdAtMs ?? Date.now() };
      const body = githubAdapter.seal(rendered.payload, envelope);
      return samplePublishRequest(rendered.payload, body, { idempotencyKey, ...overrides });
    },
    context: (overrides = {}) => ({
      fetch,
      resolveSecret: (reference) => {
        const value = secrets[reference];
        return value === undefined
          ? { ok: false, reason: { code: "secret_unset", message: `${reference} is not set.` } }
          : { ok: true, values: [value] };
      },
      privateNetworks: [],
      nowMs: Date.now(),
      ...overrides,
    }),
    close: async () => {
      await fetch.destroy();
      await fake.close();
    },
  };
}
