import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  deleteTestReports,
  removeTestReceiver,
  sendTestReport,
  setUpTestReceiver,
} from "@/lib/actions/first-run";
import type { TestReceiverWire } from "@/lib/contracts/first-run";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** Whether it is set up, what was sent, what it took. */
export function testReceiverQuery() {
  return queryOptions({
    queryKey: keys.posts.testReceiver,
    queryFn: async ({ signal }) =>
      (await getJson<{ test_receiver: TestReceiverWire }>(api.testReceiver(), signal)).test_receiver,
  });
}

export function useSetUpTestReceiver() {
  const settle = useSettled();
  return useMutation({ mutationFn: () => actionData(setUpTestReceiver()), onSettled: settle });
}

export function useRemoveTestReceiver() {
  const settle = useSettled();
  return useMutation({ mutationFn: () => actionData(removeTestReceiver()), onSettled: settle });
}

export function useSendTestReport() {
  const settle = useSettled();
  return useMutation({
    mutationFn: (projectId: string | undefined) => actionData(sendTestReport({ project_id: projectId })),
    onSettled: settle,
  });
}

export function useDeleteTestReports() {
  const settle = useSettled();
  return useMutation({ mutationFn: () => actionData(deleteTestReports()), onSettled: settle });
}

function useSettled() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [keys.posts.all, keys.drafts.all, keys.incidents.all, keys.overview, keys.config, keys.status].map(
        (queryKey) => client.invalidateQueries({ queryKey }),
      ),
    );
}
