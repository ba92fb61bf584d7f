/**
 * Which names promise a secret. The last word decides (`DB_PASSWORD` does, `password_reset_url` does not).
 * A strong name hides any value; a weak one is also an ordinary word, so its value must look like a secret too.
 */
export type SecretKey = { kind: string; strength: "strong" | "weak" };

const strong = (kind: string): SecretKey => ({ kind, strength: "strong" });
const weak = (kind: string): SecretKey => ({ kind, strength: "weak" });

/** Words that may follow the deciding word: `password_confirmation`, `SECRET_KEY_BASE`, `token_2`. */
const tailWords = new Set(
  (
    "value values confirmation confirm confirmed hash hashed base plain plaintext text raw old new current " +
    "b64 base64 encoded encrypted prod production dev development staging test live main default primary secondary backup"
  ).split(" "),
);

const keyQualifiers = new Set(
  (
    "api access private secret signing sign encryption encrypt decryption master account shared storage auth " +
    "license deploy intake webhook client session service hmac app application admin ssh subscription root " +
    "integration write read bot server jwt rsa pem wallet functions host aes gpg pgp tls ssl"
  ).split(" "),
);

/** Counters and switches: `max_tokens`, `has_token`, `prompt_tokens`. */
const counterWords = new Set(
  "max min num n total count has is no use used per prompt completion input output cached reasoning remaining budget".split(
    " ",
  ),
);

const passwordWord = /(?:passwords?|passwds?|passphrases?|passcodes?|passwort|pwd|passw)$/;
const passWord = /^(?:db|user|smtp|mysql|pg|redis|admin|root|ftp|ssh|my|mail|proxy)?pass$/;
const joinedKeyWord =
  /(?:api|access|private|secret|signing|encryption|master|account|storage|auth|shared|sharedaccess|deploy|intake|webhook|client|session)keys?$/;
const sessionCookieWord = /^(?:php|j|asp)sess(?:ion)?id$/;
const publicTandemHeader = /^x-tandem-(?:event|delivery-id|signature-scheme)$/;

const judged = new Map<string, SecretKey | undefined>();

export function classifyKey(key: string, inQuery = false): SecretKey | undefined {
  // Names repeat; long ones are not kept, since a long "name" may be someone's secret.
  if (inQuery || key.length > 40) return judgeKey(key, inQuery);
  if (judged.has(key)) return judged.get(key);
  const verdict = judgeKey(key, false);
  if (judged.size > 2_000) judged.clear();
  judged.set(key, verdict);
  return verdict;
}

function judgeKey(key: string, inQuery: boolean): SecretKey | undefined {
  const words = key
    .slice(-160)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  const lowered = key.toLowerCase().replace(/^[^a-z0-9]+/, "");
  if (lowered.startsWith("x-tandem-")) {
    return publicTandemHeader.test(lowered) ? undefined : strong("authorization");
  }
  while (words.length > 1 && isTail(words.at(-1) as string)) words.pop();
  return judgeWords(words, inQuery);
}

function isTail(word: string): boolean {
  return tailWords.has(word) || /^\d{1,4}$/.test(word);
}

function judgeWords(words: readonly string[], inQuery: boolean): SecretKey | undefined {
  const last = words.at(-1)?.replace(/(?<=[a-z])\d{1,2}$/, "");
  const before = words.at(-2) ?? "";
  if (!last) return undefined;
  if (passwordWord.test(last)) return strong("password");
  if (before === "pass" && (last === "phrase" || last === "word" || last === "code"))
    return strong("password");
  if (passWord.test(last)) return weak("password");
  if (/secrets?$/.test(last)) return strong("secret");
  if (last === "authorization") return strong("authorization");
  if (joinedKeyWord.test(last)) return strong("api_key");
  if ((last === "key" || last === "keys") && keyQualifiers.has(before)) return strong("api_key");
  if (last === "key" && words[0] === "x") return strong("api_key");
  if (/^cred(?:ential)?s?$/.test(last) || last.endsWith("credentials")) return weak("credential");
  if (/(?:token|bearer|jwt)$/.test(last)) return isCounter(words) ? undefined : weak("token");
  if (last.endsWith("tokens")) return isCounter(words) ? undefined : weak("token");
  if (last === "cookie" || last === "cookies" || sessionCookieWord.test(last)) return weak("cookie");
  if (last === "sid" && before === "connect") return weak("cookie");
  if (last === "auth" || last === "oauth") return weak("authorization");
  if (last === "otp" || last === "totp" || last === "cvv" || last === "cvc") return weak("code");
  if (last === "signature" && (before === "amz" || before === "goog")) return strong("signature");
  if (inQuery && (last === "sig" || last === "signature" || last === "hmac")) return strong("signature");
  if (inQuery && last === "key" && words.length === 1) return weak("api_key");
  return undefined;
}

function isCounter(words: readonly string[]): boolean {
  return words.slice(0, -1).some((word) => counterWords.has(word));
}
