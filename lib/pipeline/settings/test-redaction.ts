import { loadConfig } from "@/lib/db/config-store";
import { resolveProfile } from "@/lib/redaction/profiles";
import { redactText } from "@/lib/redaction/redact-text";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { configSubject } from "./change-config";

export type TestRedactionInput = {
  text: string;
  /** Name of a profile; the deployment's default when absent. */
  profile?: string | null;
};

export type RedactionTest = {
  text: string;
  redactions: { kind: string; count: number }[];
  profile: string;
  profileKnown: boolean;
};

/**
 * What the redactor would leave of a text. Reads only: the text is neither stored nor logged, and appears in no error.
 *
 * @throws AppError forbidden
 */
export async function testRedaction(
  ctx: Context,
  { text, profile: name }: TestRedactionInput,
): Promise<RedactionTest> {
  await authorize(ctx, "configure", configSubject);
  const wanted = name?.trim() || (await loadConfig(ctx.db)).safetyDefaults.redactionProfile;
  const { profile, reason } = resolveProfile(wanted);
  const redacted = redactText(text, profile);
  return {
    text: redacted.text,
    redactions: redacted.redactions.map(({ kind, count }) => ({ kind, count })),
    profile: profile.name,
    profileKnown: reason !== "unknown_profile",
  };
}
