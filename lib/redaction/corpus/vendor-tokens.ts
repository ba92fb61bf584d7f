import { alnum, base64, base64url, digits, type Generator, lowerHex, upperAlnum } from "./generator";

/** A vendor's published format, as a recipe. The parts are joined at run time so that no scanner sees a token here. */
export type TokenRecipe = { name: string; make: (random: Generator) => string };

const prefixed =
  (prefix: string, alphabet: string, length: number) =>
  (random: Generator): string =>
    prefix + random.chars(alphabet, length);

const recipe = (name: string, make: TokenRecipe["make"]): TokenRecipe => ({ name, make });

export const vendorTokens: readonly TokenRecipe[] = [
  recipe("intake key", prefixed("tim_intake_", lowerHex, 64)),
  recipe("api token", prefixed("tim_token_", base64url, 43)),
  recipe("aws access key id", prefixed("AKIA", upperAlnum, 16)),
  recipe("aws temporary key id", prefixed("ASIA", upperAlnum, 16)),
  recipe("github personal", prefixed("ghp_", alnum, 36)),
  recipe("github oauth", prefixed("gho_", alnum, 36)),
  recipe("github user", prefixed("ghu_", alnum, 36)),
  recipe("github server", prefixed("ghs_", alnum, 36)),
  recipe("github refresh", prefixed("ghr_", alnum, 36)),
  recipe("github fine-grained", (r) => `github_pat_${r.chars(alnum, 22)}_${r.chars(alnum, 59)}`),
  recipe("gitlab personal", prefixed("glpat-", base64url, 20)),
  recipe("gitlab deploy", prefixed("gldt-", base64url, 20)),
  recipe("gitlab runner", prefixed("glrt-", base64url, 20)),
  recipe("gitlab routable", (r) => `glpat-${r.chars(alnum, 27)}.01.${r.chars(alnum, 9)}`),
  recipe("slack bot", (r) => `xoxb-${r.chars(digits, 12)}-${r.chars(digits, 13)}-${r.chars(alnum, 24)}`),
  recipe("slack user", (r) => `xoxp-${r.chars(digits, 12)}-${r.chars(digits, 12)}-${r.chars(lowerHex, 32)}`),
  recipe(
    "slack app",
    (r) => `xapp-1-A${r.chars(upperAlnum, 10)}-${r.chars(digits, 13)}-${r.chars(lowerHex, 64)}`,
  ),
  recipe("slack refresh", (r) => `xoxe-1-${r.chars(alnum, 140)}`),
  recipe("stripe live", prefixed("sk_live_", alnum, 24)),
  recipe("stripe restricted", prefixed("rk_live_", alnum, 99)),
  recipe("stripe test", prefixed("sk_test_", alnum, 24)),
  recipe("webhook secret", (r) => `whsec_${r.chars(base64, 43)}=`),
  recipe("google api", prefixed("AIza", base64url, 35)),
  recipe("google client secret", prefixed("GOCSPX-", base64url, 28)),
  recipe("google access", prefixed("ya29.", base64url, 120)),
  recipe("google refresh", prefixed("1//0", base64url, 60)),
  recipe("openai legacy", (r) => `sk-${r.chars(alnum, 20)}T3${"BlbkFJ"}${r.chars(alnum, 20)}`),
  recipe("openai project", (r) => `sk-proj-${r.chars(base64url, 74)}T3${"BlbkFJ"}${r.chars(base64url, 74)}`),
  recipe("openai service", prefixed("sk-svcacct-", base64url, 90)),
  recipe("anthropic", (r) => `sk-ant-api03-${r.chars(base64url, 93)}AA`),
  recipe("npm", prefixed("npm_", alnum, 36)),
  recipe("pypi", (r) => `pypi-AgEIcHlwaS5vcmc${r.chars(base64url, 90)}`),
  recipe("sendgrid", (r) => `SG.${r.chars(base64url, 22)}.${r.chars(base64url, 43)}`),
  recipe("twilio api key", prefixed("SK", lowerHex, 32)),
  recipe("digitalocean", prefixed("dop_v1_", lowerHex, 64)),
  recipe("digitalocean oauth", prefixed("doo_v1_", lowerHex, 64)),
  recipe("linear", prefixed("lin_api_", alnum, 40)),
  recipe("discord bot", (r) => `M${r.chars(alnum, 23)}.G${r.chars(alnum, 5)}.${r.chars(base64url, 37)}A`),
  recipe("telegram bot", (r) => `7${r.chars(digits, 9)}:AA${r.chars(base64url, 33)}`),
  recipe("heroku", prefixed("HRKU-", base64url, 60)),
  recipe("shopify", prefixed("shpat_", lowerHex, 32)),
  recipe("square", prefixed("sq0atp-", base64url, 22)),
  recipe("mailgun", prefixed("key-", lowerHex, 32)),
  recipe("mailchimp", (r) => `${r.chars(lowerHex, 32)}-us${1 + r.below(20)}`),
  recipe("newrelic", prefixed("NRAK-", upperAlnum, 27)),
  recipe("databricks", prefixed("dapi", lowerHex, 32)),
  recipe("huggingface", prefixed("hf_", alnum, 34)),
  recipe("vault", prefixed("hvs.", base64url, 90)),
  recipe("terraform cloud", (r) => `${r.chars(alnum, 14)}.atlasv1.${r.chars(alnum, 67)}`),
  recipe("doppler", prefixed("dp.pt.", alnum, 43)),
  recipe("postman", (r) => `PMAK-${r.chars(lowerHex, 24)}-${r.chars(lowerHex, 34)}`),
  recipe("grafana service account", (r) => `glsa_${r.chars(alnum, 32)}_${r.chars(lowerHex, 8)}`),
  recipe("sentry user", prefixed("sntryu_", lowerHex, 64)),
  recipe("notion", prefixed("ntn_", alnum, 46)),
  recipe("figma", prefixed("figd_", base64url, 40)),
  recipe("atlassian", (r) => `ATATT3xFfGF0${r.chars(base64url, 170)}=${r.chars(upperAlnum, 8)}`),
  recipe("supabase", prefixed("sbp_", lowerHex, 40)),
  recipe("planetscale", prefixed("pscale_tkn_", base64url, 43)),
  recipe("groq", prefixed("gsk_", alnum, 52)),
  recipe("replicate", prefixed("r8_", alnum, 37)),
  recipe("docker hub", prefixed("dckr_pat_", base64url, 27)),
  recipe("rubygems", prefixed("rubygems_", lowerHex, 48)),
  recipe("azure client secret", (r) => `${r.chars(alnum, 3)}8Q~${r.chars(alnum, 34)}`),
  recipe("age", (r) => `AGE-SECRET-KEY-1${r.chars(upperAlnum, 58)}`),
  recipe("jwt", makeJwt),
];

export function makeJwt(random: Generator): string {
  return `eyJ${random.chars(base64url, 33)}.eyJ${random.chars(base64url, 80)}.${random.chars(base64url, 43)}`;
}

export function makePem(
  random: Generator,
  lineEnd: string,
  label = "RSA PRIVATE",
): { text: string; body: string[] } {
  const body = Array.from({ length: 6 }, () => random.chars(base64, 64));
  body.push(`${random.chars(base64, 22)}==`);
  const fence = "-".repeat(5);
  const text = [`${fence}BEGIN ${label} KEY${fence}`, ...body, `${fence}END ${label} KEY${fence}`].join(
    lineEnd,
  );
  return { text, body };
}
