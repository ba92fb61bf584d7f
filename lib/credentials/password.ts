import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";
import { passwordLengthMax } from "@/lib/domain/password-rules";

/** What a new hash costs: 32 MiB and some 80 ms. Raising it rehashes at the next sign-in. */
const cost = { N: 2 ** 15, r: 8, p: 1 };
const keyLength = 32;
const saltLength = 16;
/** A stored hash with a cost beyond these was not made here: it must not be able to occupy the machine. */
const costMax = { N: 2 ** 20, r: 16, p: 4 };

type Cost = typeof cost;
type ParsedHash = { cost: Cost; salt: Buffer; key: Buffer };

/** `scrypt$N$r$p$salt$hash`, salt and hash in base64url. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length > passwordLengthMax) throw new RangeError("the password is longer than can be checked");
  const salt = randomBytes(saltLength);
  const key = await derive(password, salt, cost, keyLength);
  const { N, r, p } = cost;
  return ["scrypt", N, r, p, salt.toString("base64url"), key.toString("base64url")].join("$");
}

export type PasswordCheck = { matches: false } | { matches: true; needsRehash: boolean };

/** With no stored hash the work is done all the same: whether an address is known cannot be told from the time. */
export async function verifyPassword(password: string, stored: string | null): Promise<PasswordCheck> {
  const parsed = stored === null ? null : parseHash(stored);
  const against = parsed ?? { cost, salt: Buffer.alloc(saltLength), key: Buffer.alloc(keyLength) };
  const key = await derive(password, against.salt, against.cost, against.key.length);
  const isEqual = timingSafeEqual(key, against.key);
  if (!parsed || !isEqual || password.length > passwordLengthMax) return { matches: false };
  return { matches: true, needsRehash: isWeaker(parsed) };
}

function derive(password: string, salt: Buffer, { N, r, p }: Cost, length: number): Promise<Buffer> {
  const options: ScryptOptions = { N, r, p, maxmem: 128 * N * r + 32 * 1024 * 1024 };
  // The same password typed on another keyboard may arrive as other code points.
  const text = password.slice(0, passwordLengthMax).normalize("NFKC");
  return new Promise((resolve, reject) => {
    scrypt(text, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** null for anything not made by `hashPassword`: such a hash matches nothing. */
function parseHash(stored: string): ParsedHash | null {
  const match = /^scrypt\$(\d{1,8})\$(\d{1,3})\$(\d{1,3})\$([\w-]{16,128})\$([\w-]{22,128})$/.exec(stored);
  if (!match) return null;
  const [N, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const isPowerOfTwo = N > 1 && (N & (N - 1)) === 0;
  if (!isPowerOfTwo || N > costMax.N || r < 1 || r > costMax.r || p < 1 || p > costMax.p) return null;
  return {
    cost: { N, r, p },
    salt: Buffer.from(match[4] ?? "", "base64url"),
    key: Buffer.from(match[5] ?? "", "base64url"),
  };
}

function isWeaker({ cost: used, salt, key }: ParsedHash): boolean {
  return (
    used.N < cost.N ||
    used.r < cost.r ||
    used.p < cost.p ||
    salt.length < saltLength ||
    key.length < keyLength
  );
}
