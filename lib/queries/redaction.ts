import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { testRedaction } from "@/lib/actions/settings";
import type { RedactionTestInput } from "@/lib/contracts/redaction";
import { actionData } from "./api-error";

/** What the redactor would leave of a text. Somebody may paste a real secret: nothing is kept once it is not shown. */
export function redactionTestQuery(input: RedactionTestInput) {
  return queryOptions({
    queryKey: ["redaction-test", input] as const,
    queryFn: () => actionData(testRedaction(input)),
    placeholderData: keepPreviousData,
    enabled: input.text !== "",
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}
