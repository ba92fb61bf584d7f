import { apiCall } from "@/components/settings/api-call";
import { api } from "@/lib/paths";

/** The tester as a shell command. The text is a placeholder: what was pasted is not copied anywhere. */
export function redactionCall(baseUrl: string, profile: string): string {
  const body = { text: "the text to try", profile };
  return apiCall({ baseUrl, method: "POST", path: api.redactionTest(), body });
}
