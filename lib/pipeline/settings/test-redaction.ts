import { loadConfig } from "@/lib/db/config-store";
import type { RedactionProfileRow } from "@/lib/domain/redaction-profile";
import { findingRule, resolveProfile } from "@/lib/redaction/profiles";
import { redactFields } from "@/lib/redaction/redact-fields";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { withoutSecrets } from "../without-secrets";
import { configSubject } from "./change-config";

export type TestRedactionInput = {
  text: string;
  /** Name of a profile; the deployment's default when absent. */
  profile?: string | null;
  /** A profile as somebody is writing it; tried instead of a stored one. */
  unsaved?: RedactionProfileRow | null;
};

export type RedactionTest = {
  text: string;
  redactions: { kind: string; count: number; rule: "secret" | "personal_data" | "pattern" }[];
  profile: string;
  profileKnown: boolean;
};

/**
 * What would be stored of a text, by the very steps that a report's texts take. Reads only: the text is neither stored
 * nor logged, and appears in no error.
 *
 * @throws AppError forbidden
 */
export async function testRedaction(
  ctx: Context,
  { text, profile: name, unsaved }: TestRedactionInput,
): Promise<RedactionTest> {
  await authorize(ctx, "configure", configSubject);
  const { safetyDefaults } = await loadConfig(ctx.db);
  const wanted = unsaved?.profileId ?? (name?.trim() || safetyDefaults.redactionProfile);
  const safety = unsaved ? { redactionProfiles: [unsaved] } : safetyDefaults;
  const { profile, reason } = resolveProfile(wanted, safety);
  const [redacted] = await redactFields([{ text }], { structural: [] }, profile);
  if (!redacted) throw new Error("redaction returned nothing");
  return {
    text: redacted.value.text,
    redactions: redacted.redactions.map(({ kind, count }) => ({ kind, count, rule: findingRule(kind) })),
    profile: withoutSecrets(profile.name),
    profileKnown: reason === "named",
  };
}
