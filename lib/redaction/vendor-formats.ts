import { type Anchor, compileAnchors, type Scan } from "./anchors";
import type { Span } from "./spans";
import { matchesAt } from "./value-extent";
import { startsWord } from "./word-start";

/** [kind, literal prefixes, what must follow them, may a letter or digit stand before?], from the vendors' published docs. */
type Format = readonly [kind: string, prefixes: string, rest: RegExp, boundary?: "word"];

const formats: readonly Format[] = [
  ["intake_key", "tim_intake_", /[A-Za-z0-9]{16,}/y],
  ["api_token", "tim_token_", /[\w-]{16,}/y],
  ["aws_access_key_id", "AKIA ASIA ABIA ACCA", /[A-Z0-9]{16,}/y],
  ["aws_bedrock_key", "ABSK", /[A-Za-z0-9+/=]{100,}/y],
  ["github_token", "ghp_ gho_ ghu_ ghs_ ghr_", /[A-Za-z0-9_]{20,}(?:[.-][\w-]{4,}){0,4}/y],
  ["github_token", "github_pat_", /[A-Za-z0-9_]{20,}/y],
  [
    "gitlab_token",
    "glpat- gldt- glrt- glcbt- glptt- glft- glsoat- glimt- glagent- gloas- glffct-",
    /[\w-]{16,}(?:\.[\w-]+){0,4}/y,
  ],
  ["slack_token", "xoxb- xoxp- xoxa- xoxo- xoxr- xoxs- xoxe- xoxd- xoxc- xapp-", /[A-Za-z0-9%][\w%-]{9,}/y],
  ["slack_token", "xoxe.xox", /[bp]-[\w-]{10,}/y],
  ["slack_webhook", "hooks.slack.com/", /(?:services|workflows|triggers)\/[\w/-]{8,}/y],
  ["discord_webhook", "/api/webhooks/", /\d{10,}\/[\w-]{16,}/y],
  ["teams_webhook", ".webhook.office.com/", /webhookb2\/[\w@/-]{20,}/y],
  ["stripe_key", "sk_live_ rk_live_ sk_test_ rk_test_ sk_org_live_ sk_org_test_", /[A-Za-z0-9]{10,}/y],
  ["webhook_secret", "whsec_ whsk_", /[A-Za-z0-9+/_-]{16,}={0,2}/y],
  ["google_api_key", "AIza", /[\w-]{30,}/y],
  ["google_oauth", "GOCSPX- ya29.", /[\w-]{20,}(?:\.[\w-]+){0,4}/y],
  ["google_oauth", "1//0", /[\w-]{30,}/y, "word"],
  ["anthropic_key", "sk-ant-", /[\w-]{16,}/y],
  ["openai_key", "sk-proj- sk-svcacct- sk-admin- sk-or-v1- sk-lf-", /[\w-]{20,}/y],
  ["openai_key", "sk-", /(?=[\w-]{0,64}\d)(?=[\w-]{0,64}[A-Za-z])[\w-]{20,}/y, "word"],
  ["npm_token", "npm_", /[A-Za-z0-9]{30,}/y],
  ["pypi_token", "pypi-", /[\w-]{50,}/y],
  ["sendgrid_key", "SG.", /[\w-]{16,}\.[\w-]{16,}/y, "word"],
  ["digitalocean_token", "dop_v1_ doo_v1_ dor_v1_", /[a-f0-9]{32,}/y],
  ["linear_key", "lin_api_ lin_oauth_ lin_wh_", /[A-Za-z0-9]{24,}/y],
  ["heroku_key", "HRKU-", /[\w-]{30,}/y],
  ["shopify_token", "shpat_ shpss_ shpca_ shppa_ shptka_", /[A-Za-z0-9]{32,}/y],
  ["square_token", "sq0atp- sq0csp- sq0idp- EAAAE", /[\w-]{22,}/y, "word"],
  // Ids of our own intake keys look like one.
  ["mailgun_key", "key-", /(?<!intake-key-)[0-9a-f]{32}(?![0-9a-f])/y, "word"],
  ["newrelic_key", "NRAK- NRII- NRJS-", /[\w-]{19,}/y],
  ["databricks_token", "dapi", /[0-9a-f]{32}(?:-\d)?/y],
  ["huggingface_token", "hf_ api_org_", /[A-Za-z0-9]{30,}/y, "word"],
  ["vault_token", "hvs. hvb. hvr.", /[\w-]{20,}/y, "word"],
  ["terraform_token", ".atlasv1.", /[\w-]{40,}/y],
  ["doppler_token", "dp.pt. dp.st. dp.ct. dp.sa. dp.scim. dp.audit.", /[\w.-]{30,}/y],
  ["postman_key", "PMAK-", /[0-9a-f]{24}-[0-9a-f]{34}/y],
  ["grafana_token", "glsa_ glc_", /[\w+/=-]{32,}/y],
  ["sentry_token", "sntrys_ sntryu_ sntrya_", /[\w+/=-]{32,}/y],
  ["notion_token", "ntn_ secret_", /[A-Za-z0-9]{40,}/y],
  ["figma_token", "figd_ figo_", /[\w-]{36,}/y],
  ["atlassian_token", "ATATT3 ATCTT3 ATBB ATSTT3", /[\w=-]{24,}/y],
  ["supabase_key", "sbp_ sb_secret_", /[\w-]{30,}/y],
  ["planetscale_key", "pscale_tkn_ pscale_pw_ pscale_oauth_", /[\w.=-]{32,}/y],
  ["groq_key", "gsk_", /[A-Za-z0-9]{40,}/y],
  ["replicate_key", "r8_", /[A-Za-z0-9]{36,}/y, "word"],
  ["xai_key", "xai-", /[A-Za-z0-9]{60,}/y],
  ["perplexity_key", "pplx-", /[A-Za-z0-9]{40,}/y],
  ["docker_token", "dckr_pat_ dckr_oat_", /[\w-]{24,}/y],
  ["rubygems_key", "rubygems_", /[0-9a-f]{48}/y],
  ["age_secret_key", "AGE-SECRET-KEY-1", /[A-Z0-9]{50,}/y],
  ["onepassword_token", "ops_ey", /[\w+/=-]{80,}/y],
  ["airtable_token", "pat", /[A-Za-z0-9]{14}\.[0-9a-f]{64}/y, "word"],
  ["facebook_token", "EAAC EAAG EAAB", /[A-Za-z0-9]{80,}/y, "word"],
  ["azure_client_secret", "7Q~ 8Q~", /[\w~.-]{31,}/y],
  [
    "launchdarkly_key",
    "sdk- mob- api-",
    /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/y,
    "word",
  ],
  ["dynatrace_token", "dt0c01. dt0s01. dt0s02.", /[A-Z2-7]{24}\.[A-Z2-7]{64}/y],
  ["buildkite_token", "bkua_", /[0-9a-f]{40}/y],
  ["fly_token", "FlyV1 fo1_ fm1_ fm2_", / ?[\w+/=,-]{40,}/y],
  ["resend_key", "re_", /[A-Za-z0-9]{8}_[A-Za-z0-9]{24}/y, "word"],
  ["cratesio_token", "cioat_ cio", /[A-Za-z0-9]{32}(?![A-Za-z0-9])/y, "word"],
  ["pulumi_token", "pul-", /[0-9a-f]{40}/y],
  ["circleci_token", "CCIPAT_ CCIPRJ_", /[\w]{30,}/y],
  ["brevo_key", "xkeysib- xsmtpsib-", /[0-9a-f]{64}-[A-Za-z0-9]{16}/y],
  ["easypost_key", "EZAK EZTK", /[A-Za-z0-9]{54}/y],
  ["adyen_key", "AQE", /[\w+/=-]{70,}\.[\w+/=-]{20,}/y],
  ["contentful_token", "CFPAT-", /[\w-]{43}/y],
  ["nuget_key", "oy2", /[a-z0-9]{43}(?![a-z0-9])/y, "word"],
];

function formatAnchors([kind, prefixes, rest, boundary]: Format): Anchor[] {
  return prefixes.split(" ").map((literal) => ({
    literal,
    find: (scan, at) => {
      if (boundary === "word" && !startsWord(scan.text, at)) return undefined;
      const found = matchesAt(rest, scan.text, at + literal.length);
      if (!found) return undefined;
      const span = { start: at, end: at + literal.length + found[0].length, kind };
      if (kind === "aws_access_key_id") addAwsSecret(scan, span.end);
      if (kind === "azure_client_secret") span.start = Math.max(0, at - 3);
      if (kind === "terraform_token") span.start = startOfRun(scan.text, at);
      return span;
    },
  }));
}

const awsSecret = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/;

/** An AWS secret has no prefix, but it seldom travels far from its key id. */
function addAwsSecret(scan: Scan, from: number): void {
  const secret = awsSecret.exec(scan.text.slice(from, from + 300));
  if (!secret || /^[0-9a-f]{40}$/.test(secret[0])) return;
  const start = from + secret.index;
  scan.spans.push({ start, end: start + 40, kind: "aws_secret_access_key" });
}

function startOfRun(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 32 && /[A-Za-z0-9]/.test(text[start - 1] as string)) start--;
  return start;
}

const jwtRun = /[\w-]+/y;
const jwtRest = /\.[\w-]{4,}(?:\.[\w-]*){0,3}/y;

function findJwt(scan: Scan, at: number): Span | undefined {
  if (at < scan.jwtRunEnd) return undefined;
  const headerEnd = at + (matchesAt(jwtRun, scan.text, at)?.[0].length ?? 0);
  const rest = headerEnd - at >= 12 ? matchesAt(jwtRest, scan.text, headerEnd) : null;
  if (!rest) {
    // Every later `eyJ` of this run would walk to the same dot that is not there.
    scan.jwtRunEnd = headerEnd;
    return undefined;
  }
  return { start: at, end: headerEnd + rest[0].length, kind: "jwt" };
}

const telegramSecret = /:AA[\w-]{30,}/y;

function findTelegramToken(scan: Scan, at: number): Span | undefined {
  const secret = matchesAt(telegramSecret, scan.text, at);
  let start = at;
  while (start > 0 && at - start < 12 && /\d/.test(scan.text[start - 1] as string)) start--;
  if (!secret || at - start < 7) return undefined;
  return { start, end: at + secret[0].length, kind: "telegram_token" };
}

export const vendorAnchors: readonly Anchor[] = [
  ...formats.flatMap(formatAnchors),
  { literal: "eyJ", find: findJwt },
  { literal: ":AA", find: findTelegramToken },
];

export const vendorTable = compileAnchors(vendorAnchors);
