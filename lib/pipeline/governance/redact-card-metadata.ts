import { type CardMetadata, cardFields, cardNumbers } from "@/lib/domain/card-metadata";
import type { SafetyDefaults } from "@/lib/domain/config";
import { storable } from "@/lib/domain/text";
import { profileNamed } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";

/** What people wrote, less secrets and what the profile hides: before it is stored, and before it is answered. */
export async function redactCardMetadata(
  given: readonly CardMetadata[],
  safety: SafetyDefaults,
): Promise<CardMetadata[]> {
  const profile = profileNamed(safety.redactionProfile, safety);
  const items = await redactFields(given, { structural: [...cardNumbers] }, profile);
  return items.map(({ value }) => {
    const clean = cardFields.map((field): [string, unknown] => {
      const said = value[field];
      if (typeof said === "string") return [field, storable(said)];
      return [field, Array.isArray(said) ? said.map(storable) : said];
    });
    return Object.fromEntries(clean) as CardMetadata;
  });
}
