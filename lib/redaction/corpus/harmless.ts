import { alnum, base64, createGenerator, digits, type Generator, lowerHex } from "./generator";

/** Text that looks busy and hides nothing. Written lines first, then generated identifiers in ordinary sentences. */
const written: readonly string[] = `
token expired
Token expired at 12:00
The token: expired
password reset failed
password reset requested for user 42
Password must contain at least 8 characters
password: must contain at least 8 characters
Invalid password
invalid password: try again
password: required
password=null
password: undefined
"password": null
"password": ""
{"password":null,"token":null}
{"has_password":true,"secret":false}
author: Ann Lee
authors: Ann, Bob
"author":"Ann Lee"
authority=example.com
authorization failed
Authorization failed: user 42 has no access
authorization: denied
authorization required for POST /orders
auth: failed
authenticated=true
auth_method=oidc
tokens: 512
tokens=512
max_tokens=1024
"max_tokens": 4096,
prompt_tokens: 1200, completion_tokens: 300
"usage":{"tokens":1500,"cached_tokens":12}
token_count=77
token_type=bearer
"token_type":"Bearer","expires_in":3600
token_endpoint=https://id.example.com/oauth/token
secretary: Ann
the secretary of state: Bob
keyboard=qwerty
keyboard: layout us
monkey: banana
key: value
key=42
cache_key=orders:42
"key":"orders-by-day"
primary_key=id
foreign_key: order_id
public_key_path=/etc/keys/id.pub
partition key: customer
sort_key=created_at
idempotency_key=7f9c24e5
project_key=CHECKOUT
keys: 12
Object.keys: 3
secret_name=db-main
secret_ref: env:TANDEM_HOOK
webhook_secret_ref=env:INCIDENT_MONITOR_SECRET_HOOK
password_policy=strong
password_length: 12
password_reset_url=https://example.com/reset
POST /reset-password: 500
GET /forgot-password 200 12ms
GET /oauth/token 401
/var/run/secrets/kubernetes.io/serviceaccount
cookie: missing
cookies: disabled
cookies enabled: true
cookie banner shown
session: started
session_id=checkout-12
signature: invalid
signature mismatch
signed by ann
sig=SIGTERM
signal=SIGKILL exit=137
passed: 12, failed: 3
pass: 12
pass=true
pass rate: 98%
bypass=true
passenger: Bob
compass: north
credentials: missing
credentials expired
no credentials found
Unexpected token } in JSON at position 12
Unexpected token: identifier
unexpected token '<', "<!DOCTYPE "... is not valid JSON
SyntaxError: Unexpected token < in JSON
error near unexpected token: foo
Bearer token missing
Bearer authentication required
Basic authentication failed
basic auth is disabled
Basic Authentication
WWW-Authenticate: Bearer realm="example", error="invalid_token"
WWW-Authenticate: Basic realm="example"
password = $1
password=$DB_PASSWORD
password=\${DB_PASSWORD}
password: {{ db_password }}
password=<password>
password: ********
token=***
api_key=%s
"token": "{token}"
const token = req.headers.token;
const token = getToken();
token = await fetchToken(user)
if (!token) throw new Error("no token")
function checkPassword(password: string, hash: string): boolean
password: string;
token?: string | null
val token: String
def login(password, token):
SELECT password FROM users WHERE id = 1
UPDATE users SET password = ? WHERE id = ?
at Password.verify (/srv/app/password.ts:10:5)
at TokenService.refresh (/srv/app/dist/token-service.js:88:13)
at Object.authorize (node:internal/auth:12:3)
at /srv/secret:12:5
File "/app/auth/tokens.py", line 88, in refresh
com.example.auth.InvalidTokenException: expired
java.lang.IllegalStateException: password store is closed
goroutine 12 [running]: main.checkToken(0xc000010000)
node_modules/jsonwebtoken/verify.js:89:21
https://example.com/a@b/c
https://example.com/@scope/pkg
https://registry.npmjs.org/@types/node/-/node-20.19.0.tgz
http://localhost:3000/@fs/src/main.ts
https://example.com:8443/path?x=1
git@github.com:acme/shop.git
ssh://git@github.com/acme/shop.git
https://ann@example.com/repo
postgres://localhost:5432/app
redis://cache:6379/0
mongodb://db1,db2/app?replicaSet=rs0
postgres://\${USER}:\${PASS}@db/app
http://[::1]:8080/x
data:image/png;base64,iVBORw0KGgo=
file:///srv/app/config.yaml
GET /search?key=value&page=2
GET /search?q=token&sort=asc
GET /items?sort_key=name&token=none
v1.2.3
1.2.3-beta.4+build.5
node v20.19.0
2026-01-05T10:00:00.123Z
2026-01-05 10:00:00,123 +0000
1767607200123
1767607200123456789
10.0.0.12
192.168.1.1:8080
fe80::1ff:fe23:4567:890a
00:1a:2b:3c:4d:5e
0xdeadbeefcafebabe
sha256:ready
task-12 done
risk-based-authentication-flow-v2
disk-usage-report-2026-01-05-full
desk-booking-service-production-eu-1
sk-folding-cube-container-element
npm_config_cache=/tmp/npm
npm_lifecycle_event=test
github_pat_ is the prefix
ghp_ tokens are revoked
AKIA is a prefix
asia-northeast1-a
SG.12
skill-tree: opened
whsec_ prefix missing
-----BEGIN CERTIFICATE-----
-----------------------------
-----BEGIN PUBLIC KEY-----
eyJ is how a JWT starts
order 4111-22
order 4111111111111112 shipped
phone ext 4000 0000
5105 items
3782 rows in 51 ms
retry in 30s (attempt 2 of 5)
ECONNREFUSED 127.0.0.1:5432
ETIMEDOUT after 30000ms
exit code 137 (OOMKilled)
HTTP 503 from upstream
pool exhausted: size=20 idle=0 waiting=12
duplicate key value violates unique constraint "orders_pkey"
deadlock detected on relation 16432
Cannot read properties of undefined (reading 'token')
TypeError: password is not a function
ReferenceError: secret is not defined
KeyError: 'token'
NoSuchKey: The specified key does not exist.
key not found: orders
keyspace=shop
tokenizer=cl100k_base
tokenize: 12ms
tokenized 400 rows
detokenize=false
secretion rate: 3
passive: true
passport: required
password manager: enabled
passwordless login enabled
auto=true
automatic: yes
authored_by=ann
authoritative answer: no
credit: 12
credibility=high
sigma=0.5
significant: true
design: ok
assign=ann
hotpot: 3
basics: done
basic: plan
bearer: none
api_key=missing
api key: invalid
x-request-id: 12
x-tandem-event: incident_monitor.incident
x-tandem-delivery-id: d-12
content-type: application/json
set-cookie count: 2
jwt expired
jwt malformed
JsonWebTokenError: jwt must be provided
otp: invalid
[redacted:password]
password: [redacted:password]
Authorization: Bearer [redacted:authorization]
{"password":"[redacted:password]"}
https://[redacted:url_credentials]@example.com/x
`
  .split("\n")
  .filter((line) => line !== "");

type Shape = readonly [name: string, make: (random: Generator) => string];

const shapes: readonly Shape[] = [
  ["uuid", uuid],
  ["git sha", (r) => r.chars(lowerHex, 40)],
  ["short sha", (r) => r.chars(lowerHex, 7)],
  ["trace id", (r) => r.chars(lowerHex, 32)],
  ["span id", (r) => r.chars(lowerHex, 16)],
  ["sha256", (r) => r.chars(lowerHex, 64)],
  ["traceparent", (r) => `00-${r.chars(lowerHex, 32)}-${r.chars(lowerHex, 16)}-01`],
  ["object id", (r) => r.chars(lowerHex, 24)],
  ["ulid", (r) => `01${r.chars("0123456789ABCDEFGHJKMNPQRSTVWXYZ", 24)}`],
  ["snowflake", (r) => `1${r.chars(digits, 17)}`],
  ["epoch ms", (r) => `17${r.chars(digits, 11)}`],
  ["epoch ns", (r) => `17${r.chars(digits, 17)}`],
  [
    "timestamp",
    (r) =>
      `2026-0${1 + r.below(9)}-1${r.below(10)}T1${r.below(10)}:2${r.below(10)}:3${r.below(10)}.${r.chars(digits, 3)}Z`,
  ],
  ["version", (r) => `${r.below(20)}.${r.below(40)}.${r.below(40)}-rc.${r.below(9)}`],
  [
    "path",
    (r) =>
      `/srv/app/${r.pick(["token", "auth", "secrets", "keys"])}/${r.chars("abcdefgh", 8)}.ts:${r.below(900)}:${r.below(80)}`,
  ],
  [
    "frame",
    (r) =>
      `    at ${r.pick(["Auth", "Token", "Secret"])}Store.load (/srv/app/dist/store.js:${r.below(900)}:${r.below(80)})`,
  ],
  ["request id", (r) => `req_${r.chars(alnum, 14)}`],
  ["etag", (r) => `W/"${r.chars(lowerHex, 10)}"`],
  ["integrity", (r) => `sha512-${r.chars(base64, 86)}==`],
  ["pod name", (r) => `checkout-api-${r.chars(lowerHex, 10)}-${r.chars("bcdfghjk", 5)}`],
];

const places = [
  "%",
  "id=%",
  "trace %: done",
  '{"id":"%","ok":true}',
  "commit % by author ann",
  "request % failed after 3 tries",
];

function uuid(r: Generator): string {
  return `${r.chars(lowerHex, 8)}-${r.chars(lowerHex, 4)}-4${r.chars(lowerHex, 3)}-a${r.chars(lowerHex, 3)}-${r.chars(lowerHex, 12)}`;
}

export function harmlessTexts(seed = 77): string[] {
  const random = createGenerator(seed);
  const generated = shapes.flatMap(([, make]) =>
    places.map((place) => place.replace("%", () => make(random))),
  );
  return [...written, ...generated];
}
