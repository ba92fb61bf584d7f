export type VerifyLanguage = "node" | "python" | "go" | "ruby" | "shell" | "standard";
export type VerifySnippet = { label: string; file: string; code: string };

/**
 * How a receiver proves that a delivery is ours and untouched, in its own language and without a library. The header has
 * one `v1` for each live secret, so each takes the first that fits: a receiver needs to know only one of two.
 */
export const verifySnippets: Record<VerifyLanguage, VerifySnippet> = {
  node: {
    label: "Node",
    file: "verify.mjs",
    code: `import { createHmac, timingSafeEqual } from "node:crypto";

// rawBody: the bytes as received, before any JSON parser touched them.
export function verify(header, rawBody, secret) {
  const t = header.match(/(?:^|,)t=(\\d+)/)?.[1];
  const mine = createHmac("sha256", secret).update(\`\${t}.\`).update(rawBody).digest();
  const signed = [...header.matchAll(/(?:^|,)v1=([0-9a-f]{64})/g)]
    .some(([, v1]) => timingSafeEqual(mine, Buffer.from(v1, "hex")));
  if (!signed) throw new Error("bad signature");
  if (Math.abs(Date.now() - Number(t)) > 300_000) throw new Error("too old");
}

verify(request.headers["x-tandem-signature"], rawBody, process.env.WEBHOOK_SECRET);`,
  },
  python: {
    label: "Python",
    file: "verify.py",
    code: `import hashlib, hmac, os, time

# raw_body: the bytes as received, before any JSON parser touched them.
def verify(header: str, raw_body: bytes, secret: str) -> None:
    parts = [part.partition("=")[::2] for part in header.split(",")]
    t = dict(parts).get("t", "")
    mine = hmac.new(secret.encode(), f"{t}.".encode() + raw_body, hashlib.sha256).hexdigest()
    if not any(name == "v1" and hmac.compare_digest(mine, value) for name, value in parts):
        raise ValueError("bad signature")
    if abs(time.time() * 1000 - int(t)) > 300_000:
        raise ValueError("too old")

verify(request.headers["x-tandem-signature"], request.body, os.environ["WEBHOOK_SECRET"])`,
  },
  go: {
    label: "Go",
    file: "verify.go",
    code: `package webhook

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"
	"time"
)

// Verify checks r.Header.Get("X-Tandem-Signature") against the bytes as received.
func Verify(header string, rawBody, secret []byte) error {
	var t string
	var given [][]byte
	for _, part := range strings.Split(header, ",") {
		name, value, _ := strings.Cut(part, "=")
		if name == "t" {
			t = value
		} else if sum, err := hex.DecodeString(value); name == "v1" && err == nil {
			given = append(given, sum)
		}
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(t + "."))
	mac.Write(rawBody)
	mine := mac.Sum(nil)
	for _, sum := range given {
		if !hmac.Equal(mine, sum) {
			continue
		}
		ms, err := strconv.ParseInt(t, 10, 64)
		if err != nil || time.Since(time.UnixMilli(ms)).Abs() > 5*time.Minute {
			return errors.New("too old")
		}
		return nil
	}
	return errors.New("bad signature")
}`,
  },
  ruby: {
    label: "Ruby",
    file: "verify.rb",
    code: `require "openssl"

# raw_body: the bytes as received, before any JSON parser touched them.
def verify(header, raw_body, secret)
  t = header[/(?:\\A|,)t=(\\d+)/, 1].to_s
  mine = OpenSSL::HMAC.hexdigest("SHA256", secret, "#{t}.".b + raw_body.b)
  signed = header.scan(/(?:\\A|,)v1=(\\h{64})/).any? { |(v1)| OpenSSL.secure_compare(mine, v1) }
  raise "bad signature" unless signed
  raise "too old" if (Time.now.to_f * 1000 - t.to_i).abs > 300_000
end

verify(request.get_header("HTTP_X_TANDEM_SIGNATURE"), request.body.read, ENV.fetch("WEBHOOK_SECRET"))`,
  },
  shell: {
    label: "Shell",
    file: "verify.sh",
    code: `# HEADER: the x-tandem-signature header. body.json: the bytes as received.
T=$(printf '%s' "$HEADER" | sed -n 's/.*t=\\([0-9]*\\).*/\\1/p')
MINE=$( { printf '%s.' "$T"; cat body.json; } | openssl dgst -sha256 -hmac "$WEBHOOK_SECRET" -r | cut -d' ' -f1)
case ",$HEADER," in *",v1=$MINE,"*) ;; *) echo "bad signature"; exit 1 ;; esac
AGE=$(($(date +%s) - T / 1000))
[ "\${AGE#-}" -le 300 ] || { echo "too old"; exit 1; }
echo verified`,
  },
  standard: {
    label: "Standard Webhooks",
    file: "verify.mjs",
    code: `// The same delivery also carries webhook-id, webhook-timestamp and webhook-signature,
// so any Standard Webhooks library can check it. Without one:
import { createHmac, timingSafeEqual } from "node:crypto";

export function verify(headers, rawBody, secret) {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : Buffer.from(secret);
  const head = \`\${headers["webhook-id"]}.\${headers["webhook-timestamp"]}.\`;
  const mine = createHmac("sha256", key).update(head).update(rawBody).digest();
  const signed = headers["webhook-signature"].split(" ").some((each) => {
    const theirs = Buffer.from(each.replace(/^v1,/, ""), "base64");
    return theirs.length === mine.length && timingSafeEqual(mine, theirs);
  });
  if (!signed) throw new Error("bad signature");
  if (Math.abs(Date.now() / 1000 - Number(headers["webhook-timestamp"])) > 300) throw new Error("too old");
}`,
  },
};
