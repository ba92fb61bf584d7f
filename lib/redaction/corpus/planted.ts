import { alnum, base64, base64url, createGenerator, digits, type Generator, lowerHex } from "./generator";
import { makeJwt, makePem, vendorTokens } from "./vendor-tokens";

/** A text with a secret in it, and the pieces of which none may survive. */
export type Planted = { name: string; text: string; secrets: string[] };

const password = (random: Generator): string =>
  `${random.chars(alnum, 9)}${random.pick(["!", "@", "$", "%", "^", "*"])}7x`;
const opaque = (random: Generator): string => `${random.chars(alnum, 15)}9${random.chars(alnum, 16)}`;

/** `§` is where the secret goes; the making of it is beside the sentence it is said in. */
type Sentence = readonly [name: string, make: (random: Generator) => string, text: string];

const sentences: readonly Sentence[] = [
  ["bearer header", opaque, "Authorization: Bearer §"],
  ["bearer header in a log line", opaque, "2026-01-05T10:00:00Z DEBUG > authorization: Bearer § status=401"],
  ["bearer header, letters only", (r) => r.chars("abcdefghijkmnop", 12), "Authorization: Bearer §"],
  ["basic header", (r) => `${r.chars(base64, 22)}==`, "Authorization: Basic §"],
  ["token header", opaque, "Authorization: Token §"],
  ["rails token header", opaque, 'Authorization: Token token="§"'],
  ["unknown scheme", opaque, "Authorization: Weird § and the rest"],
  ["no scheme", opaque, "Authorization: §"],
  [
    "digest header",
    (r) => r.chars(lowerHex, 32),
    'Authorization: Digest username="ann", realm="x", nonce="1", response="§"',
  ],
  [
    "aws v4 header",
    (r) => r.chars(lowerHex, 64),
    "Authorization: AWS4-HMAC-SHA256 Credential=x/20260101, SignedHeaders=host, Signature=§",
  ],
  ["proxy header", opaque, "Proxy-Authorization: Basic §"],
  ["curl header", opaque, "curl -H 'Authorization: Bearer §' https://api.example.com/v1"],
  ["curl header, double quotes", opaque, 'curl -H "Authorization: ApiKey §" https://api.example.com/v1'],
  ["header in json", opaque, '{"headers":{"Authorization":"Bearer §","accept":"*/*"}}'],
  ["header in json list", opaque, '{"authorization":["Bearer §"]}'],
  ["header in escaped json", opaque, '{"msg":"{\\"authorization\\":\\"Bearer §\\"}"}'],
  ["header in python repr", opaque, "{'Authorization': 'Bearer §', 'Accept': '*/*'}"],
  ["header in go map", opaque, "map[Accept:[*/*] Authorization:[Bearer §]]"],
  ["header as tuple", opaque, '[("authorization", "Bearer §"), ("host", "x")]'],
  ["header as har pair", opaque, '{"name":"Authorization","value":"Bearer §"}'],
  ["bearer alone", opaque, "sent with Bearer § and got 401"],
  ["token then scheme", opaque, "token: Bearer §"],
  ["x-api-key", opaque, "X-Api-Key: §"],
  ["x-auth-token", opaque, "x-auth-token: §"],
  ["x-other-token", opaque, "X-Vault-Token: §"],
  ["tandem token header", opaque, "x-tandem-token: §"],
  ["tandem intake header", opaque, "x-tandem-incident-monitor-intake-key: §"],
  ["cookie", opaque, "Cookie: theme=dark; sid=§; lang=en"],
  ["set-cookie", opaque, "Set-Cookie: session=§; Path=/; HttpOnly"],
  ["cookie in json", opaque, '{"cookie":"sid=§; a=b","level":"info"}'],
  ["php session", opaque, "PHPSESSID=§"],
  ["url password", password, "connect https://ann:§@example.com/path"],
  ["postgres url", password, "DATABASE_URL=postgres://app:§@db.internal:5432/app?sslmode=require"],
  [
    "postgres url with slash",
    (r) => `${r.chars(alnum, 6)}/${r.chars(alnum, 6)}`,
    "postgresql://app:§@db.internal/app",
  ],
  ["mysql url", password, "mysql://root:§@127.0.0.1:3306/shop"],
  ["mongodb url", password, "mongodb+srv://user:§@cluster0.example.net/test"],
  ["redis url", password, "redis://:§@cache:6379/0"],
  ["amqp url", password, "amqp://guest:§@mq:5672/%2f"],
  ["escaped url", password, '{"url":"https:\\/\\/ann:§@example.com"}'],
  ["url token as user", (r) => r.chars(lowerHex, 40), "git clone https://§@git.example.com/a.git"],
  ["sentry dsn", (r) => r.chars(lowerHex, 32), "SENTRY_DSN=https://§@o1.ingest.sentry.io/2"],
  ["slack webhook", opaque, "https://hooks.slack.com/services/T0AAAAAAA/B0AAAAAAA/§"],
  ["discord webhook", (r) => r.chars(base64url, 68), "https://discord.com/api/webhooks/123456789012345678/§"],
  ["query token", opaque, "GET /cb?access_token=§&state=1 HTTP/1.1"],
  ["query key", opaque, "GET /maps?q=x&key=§ 200"],
  [
    "query sig",
    (r) => `${r.chars(alnum, 42)}9%3D`,
    "https://x.blob.core.windows.net/a?sv=2024&sig=§&se=2026",
  ],
  ["query signature", opaque, "https://cdn.example.com/f?Expires=1&Signature=§"],
  [
    "amz signature",
    (r) => r.chars(lowerHex, 64),
    "https://s3.amazonaws.com/b/k?X-Amz-Date=20260101&X-Amz-Signature=§",
  ],
  [
    "amz credential",
    (r) => `${r.chars(alnum, 18)}7%2F20260101`,
    "https://s3.amazonaws.com/b/k?X-Amz-Credential=§&X-Amz-Date=1",
  ],
  [
    "amz session token",
    (r) => `${r.chars(base64url, 100)}1`,
    "https://s3.amazonaws.com/b/k?X-Amz-Security-Token=§&a=1",
  ],
  ["encoded query", opaque, "redirect=%2Fcb%3Faccess_token%3D§%26state%3D1"],
  ["jdbc password", password, "jdbc:postgresql://db/app?user=app&password=§"],
  ["jdbc oracle", password, "jdbc:oracle:thin:scott/§@db:1521:xe"],
  ["ado password", password, "Server=db;User Id=sa;Password=§;Encrypt=true"],
  ["ado pwd", password, "Server=db;Uid=sa;Pwd=§;"],
  [
    "azure storage",
    (r) => `${r.chars(base64, 86)}==`,
    "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=§;EndpointSuffix=core.windows.net",
  ],
  [
    "azure bus",
    (r) => `${r.chars(base64, 43)}=`,
    "Endpoint=sb://x.servicebus.windows.net/;SharedAccessKeyName=Root;SharedAccessKey=§",
  ],
  ["libpq string", password, "host=db user=app password=§ dbname=app"],
  ["env", password, "export DB_PASSWORD=§"],
  ["env quoted", password, 'DB_PASSWORD="§"'],
  ["env secret", opaque, "FOO_SECRET=§"],
  ["env key", opaque, "STRIPE_API_KEY=§"],
  ["aws secret by name", (r) => r.chars(base64, 40), "aws_secret_access_key = §"],
  [
    "heroku key by name",
    (r) =>
      `${r.chars(lowerHex, 8)}-${r.chars(lowerHex, 4)}-4${r.chars(lowerHex, 3)}-a${r.chars(lowerHex, 3)}-${r.chars(lowerHex, 12)}`,
    "HEROKU_API_KEY=§",
  ],
  ["twilio token by name", (r) => r.chars(lowerHex, 32), "TWILIO_AUTH_TOKEN=§"],
  ["json password", password, '{"user":"ann","password":"§"}'],
  ["json spaced", password, '{ "password" : "§" }'],
  ["json number", (r) => `8${r.chars(digits, 9)}`, '{"password":§,"a":1}'],
  ["json list", opaque, '{"secrets":["§","b"]}'],
  ["json object", opaque, '{"secret":{"value":"§"},"a":1}'],
  ["json camel", opaque, '{"clientSecret":"§"}'],
  ["json access key", opaque, '{"secretAccessKey":"§"}'],
  ["json refresh token", opaque, '{"refreshToken":"§","expires_in":3600}'],
  ["json escaped once", password, '{"body":"{\\"password\\":\\"§\\"}"}'],
  ["json escaped twice", password, '"{\\\\\\"password\\\\\\":\\\\\\"§\\\\\\"}"'],
  ["json with escaped quote", password, '{"password":"a\\"§","x":1}'],
  ["json private key", opaque, '{"private_key":"§"}'],
  ["python dict", password, "{'user': 'ann', 'password': '§'}"],
  ["ruby hash", password, '{:user=>"ann", :password=>"§"}'],
  ["yaml", password, "db:\n  user: ann\n  password: §\n  port: 1"],
  ["yaml block", (r) => r.chars(alnum, 30), "secret: |\n  §\nnext: 1"],
  ["ini", password, "[db]\npassword = §\nport = 1"],
  ["quoted words", (r) => `${r.chars(alnum, 5)} horse ${r.chars(alnum, 6)} staple`, 'password="§" and more'],
  ["unquoted words on a line", (r) => `${r.chars(alnum, 5)} horse ${r.chars(alnum, 6)}`, "passphrase: §"],
  ["xml element", password, "<user>ann</user><password>§</password>"],
  ["xml attribute", password, '<add key="DbPassword" value="§"/>'],
  ["cli flag", password, "deploy --user ann --password § --verbose"],
  ["cli flag with sign", opaque, "deploy --api-key=§ --verbose"],
  ["cli token", opaque, "gh auth --with-token § done"],
  ["curl user", password, "curl -u ann:§ https://example.com"],
  ["netrc", password, "machine example.com login ann password §"],
  ["sql role", password, "CREATE ROLE app PASSWORD '§'"],
  ["spaced name", opaque, "Using API key: §"],
  ["mongo style log", password, "auth attempt user=ann pwd=§ from 10.0.0.1"],
  ["form body", password, "username=ann&password=§&remember=1"],
  ["npmrc", opaque, "//registry.npmjs.org/:_authToken=§"],
  ["docker auth", (r) => `${r.chars(base64, 30)}9=`, '{"auths":{"x":{"auth":"§"}}}'],
  ["csrf", opaque, "X-CSRF-Token: §"],
  ["otp", (r) => r.chars(digits, 6), "otp=§"],
  ["laravel key", (r) => `base64:${r.chars(base64, 43)}=`, "APP_KEY=§"],
  ["secret key base", (r) => r.chars(lowerHex, 128), "SECRET_KEY_BASE=§"],
  ["card", makeCard, "paid with § today"],
  ["card grouped", (r) => groups(makeCard(r)), "card § declined"],
  ["card in json", makeCard, '{"pan":"§"}'],
];

const contexts = ["§", "failed with § at step 3", 'value "§" rejected', "(§)", "key is\t§,\nnext line"];

export function plantedSecrets(seed = 20_260_105): Planted[] {
  const random = createGenerator(seed);
  const planted: Planted[] = [];
  for (const { name, make } of vendorTokens) {
    for (const context of contexts) {
      const token = make(random);
      planted.push({
        name: `${name} in ${JSON.stringify(context)}`,
        text: context.replace("§", () => token),
        secrets: [token],
      });
    }
  }
  for (const [name, make, sentence] of sentences) {
    for (let round = 0; round < 3; round++) {
      const secret = make(random);
      planted.push({ name, text: sentence.replace("§", () => secret), secrets: [secret] });
    }
  }
  return [...planted, ...keyBlocks(random), ...pairs(random)];
}

function keyBlocks(random: Generator): Planted[] {
  const block = (
    name: string,
    made: { text: string; body: string[] },
    wrap: (text: string) => string,
  ): Planted => ({
    name,
    text: wrap(made.text),
    secrets: made.body,
  });
  const withoutEnd = makePem(random, "\n");
  const rows = withoutEnd.text.split("\n").slice(0, -1);
  return [
    block("pem", makePem(random, "\n"), (text) => `loaded\n${text}\ndone`),
    block("pem, crlf", makePem(random, "\r\n", "EC PRIVATE"), (text) => text),
    block("pem, pkcs8", makePem(random, "\n", "PRIVATE"), (text) => `key=${text}`),
    block("pem, openssh", makePem(random, "\n", "OPENSSH PRIVATE"), (text) => text),
    block(
      "pem in json",
      makePem(random, "\\n"),
      (text) => `{"type":"service_account","private_key":"${text}\\n"}`,
    ),
    block("pem in json in json", makePem(random, "\\\\n"), (text) => `{"m":"{\\"k\\":\\"${text}\\"}"}`),
    block("pem without its end", { text: rows.join("\n"), body: withoutEnd.body }, (text) => text),
    block("pem cut mid-line", { text: rows.slice(0, 4).join("\n"), body: rows.slice(1, 4) }, (text) => text),
  ];
}

function pairs(random: Generator): Planted[] {
  const id = `AKIA${random.chars("ABCDEFGHJKLMNPQR", 16)}`;
  const secret = random.chars(base64, 40);
  const jwt = makeJwt(random);
  const sid = `AC${random.chars(lowerHex, 32)}`;
  const auth = random.chars(lowerHex, 32);
  return [
    { name: "aws pair", text: `creds ${id} ${secret} loaded`, secrets: [id, secret] },
    { name: "twilio pair", text: `using ${sid}:${auth}`, secrets: [sid, auth] },
    { name: "jwt in a query", text: `GET /ws?jwt=${jwt}&v=1`, secrets: [jwt] },
  ];
}

function makeCard(random: Generator): string {
  const body = random.pick(["4", "51", "55"]) + random.chars(digits, 14);
  const partial = body.slice(0, 15);
  for (let check = 0; check < 10; check++) {
    if (luhnSum(partial + check) % 10 === 0) return partial + check;
  }
  return partial;
}

function luhnSum(number: string): number {
  return [...number].reverse().reduce((sum, char, index) => {
    const value = Number(char) * (index % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}

function groups(number: string): string {
  return (number.match(/\d{4}/g) ?? []).join(" ");
}
