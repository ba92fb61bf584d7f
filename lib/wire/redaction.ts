import type { RedactionTestInput, RedactionTestWire } from "@/lib/contracts/redaction";
import type { RedactionProfileRow } from "@/lib/domain/redaction-profile";
import { camelKeys } from "./casing";

export function redactionTestFromWire({ text, profile, unsaved_profile }: RedactionTestInput) {
  const unsaved: RedactionProfileRow | undefined = unsaved_profile ? camelKeys(unsaved_profile) : undefined;
  return { text, profile, unsaved };
}

export function redactionTestToWire(test: {
  text: string;
  redactions: RedactionTestWire["redactions"];
  profile: string;
  profileKnown: boolean;
}): RedactionTestWire {
  const { profileKnown, ...rest } = test;
  return { ...rest, profile_known: profileKnown };
}
