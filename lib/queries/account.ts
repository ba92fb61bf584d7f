import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import {
  beginTotp,
  changePassword,
  confirmTotp,
  disableTotp,
  renewRecoveryCodes,
  revokeOtherSessions,
  revokeOwnSession,
  stepUp,
} from "@/lib/actions/account";
import type {
  AccountWire,
  ChangePasswordWire,
  OwnSessionListWire,
  StepUpWire,
} from "@/lib/contracts/account";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";
import { useStepUp } from "./step-up";

/** The caller's own account: which proofs there are, and whether this session has just given one. */
export function accountQuery() {
  return queryOptions({
    queryKey: keys.account.one,
    queryFn: ({ signal }) => getJson<{ account: AccountWire }>(api.account(), signal),
    select: ({ account }) => account,
  });
}

/** Where the caller is signed in, this session first. */
export function ownSessionsQuery() {
  return queryOptions({
    queryKey: keys.account.sessions,
    queryFn: ({ signal }) => getJson<OwnSessionListWire>(api.ownSessions(), signal),
    select: ({ sessions }) => sessions,
  });
}

/** `problem.field` names what was wrong. */
export function useProve() {
  const onSettled = useAccountChange();
  return useMutation({ mutationFn: (proof: StepUpWire) => actionData(stepUp(proof)), onSettled });
}

export function useChangePassword() {
  const onSettled = useAccountChange();
  return useMutation({
    mutationFn: (input: ChangePasswordWire) => actionData(changePassword(input)),
    onSettled,
  });
}

/** The secret is the mutation's data, and gone with it. */
export function useBeginTotp() {
  const steppingUp = useStepUp();
  return useMutation({ mutationFn: () => steppingUp(() => actionData(beginTotp())) });
}

export function useConfirmTotp() {
  const onSettled = useAccountChange();
  return useMutation({ mutationFn: (code: string) => actionData(confirmTotp({ code })), onSettled });
}

export function useDisableTotp() {
  const onSettled = useAccountChange();
  const steppingUp = useStepUp();
  return useMutation({ mutationFn: () => steppingUp(() => actionData(disableTotp())), onSettled });
}

export function useRenewRecoveryCodes() {
  const onSettled = useAccountChange();
  const steppingUp = useStepUp();
  return useMutation({ mutationFn: () => steppingUp(() => actionData(renewRecoveryCodes())), onSettled });
}

export function useRevokeOwnSession() {
  const onSettled = useAccountChange();
  return useMutation({
    mutationFn: (sessionId: string) => actionData(revokeOwnSession({ session_id: sessionId })),
    onSettled,
  });
}

export function useRevokeOtherSessions() {
  const onSettled = useAccountChange();
  return useMutation({ mutationFn: () => actionData(revokeOtherSessions()), onSettled });
}

function useAccountChange() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.account.all });
}
