import { useMutation, useQueryClient } from "@tanstack/react-query";
import { submitReport } from "@/lib/actions/reports";
import type { SubmissionWire } from "@/lib/contracts/report";
import { actionData } from "./api-error";
import { keys } from "./keys";

/** Files what an operator saw. A refusal leaves the incident it blocked behind, so the lists are renewed either way. */
export function useSubmitReport() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (report: SubmissionWire) => actionData(submitReport(report)),
    onSettled: () =>
      Promise.all(
        [keys.incidents.all, keys.drafts.all, keys.overview].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}
