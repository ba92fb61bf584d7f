import { storable } from "@/lib/domain/text";
import { formatMarker } from "@/lib/redaction/marker";
import { builtInProfiles } from "@/lib/redaction/profiles";
import { redactText } from "@/lib/redaction/redact-text";

/** Both schemes' signatures, also cut off by the excerpt's end or with slashes escaped by a JSON writer. */
const signatures = /(?<=\bv1=)[0-9a-f]{16,64}|(?<=\bv1,)[A-Za-z0-9+/\\]{16,260}={0,2}/gi;

/** What a receiver said, fit to store and to show: it may quote our own headers back (W-44). */
export function safeExcerpt(received: string): string {
  const unsigned = received.replace(signatures, formatMarker("signature"));
  return storable(redactText(unsigned, builtInProfiles.standard).text);
}
