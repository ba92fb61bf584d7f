import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import {
  createToken,
  disableToken,
  inviteUser,
  makePasswordReset,
  removeUser,
  renewInvitation,
  revokeInvitation,
  revokeSession,
  revokeUserSessions,
  rotateToken,
  setUserDisabled,
  updateUser,
} from "@/lib/actions/access";
import type {
  AcceptInvitationWire,
  ApiTokenListQuery,
  ApiTokenListWire,
  CreateApiTokenWire,
  FoundInvitationWire,
  FoundPasswordResetWire,
  InvitationListWire,
  InviteUserWire,
  RoleTableWire,
  RotateApiTokenWire,
  UpdateUserWire,
  UserListQuery,
  UserListWire,
  UserSessionListWire,
  UserWire,
} from "@/lib/contracts/access";
import { api } from "@/lib/paths";
import { actionData, getJson, postJson } from "./api-error";
import { keys } from "./keys";

/** That somebody was seen or a token used announces nothing: what is shown of it is asked for again this often. */
const refetchMs = 30_000;

export type UserFilters = Pick<UserListQuery, "q">;

/** The newest page first, then the older ones by cursor. */
export function userListQuery(filters: UserFilters = {}) {
  return infiniteQueryOptions({
    queryKey: keys.access.users(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<UserListWire>(api.users({ ...filters, limit: 100, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: UserListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}

export function userQuery(userId: string) {
  return queryOptions({
    queryKey: keys.access.user(userId),
    queryFn: async ({ signal }) => (await getJson<{ user: UserWire }>(api.user(userId), signal)).user,
  });
}

export function userSessionsQuery(userId: string) {
  return queryOptions({
    queryKey: keys.access.sessions(userId),
    queryFn: async ({ signal }) =>
      (await getJson<UserSessionListWire>(api.userSessions(userId), signal)).sessions,
    refetchInterval: refetchMs,
  });
}

export function invitationsQuery() {
  return queryOptions({
    queryKey: keys.access.invitations,
    queryFn: ({ signal }) => getJson<InvitationListWire>(api.invitations({ limit: 200 }), signal),
    refetchInterval: refetchMs,
  });
}

export type TokenFilters = Pick<ApiTokenListQuery, "q">;

export function tokenListQuery(filters: TokenFilters = {}) {
  return infiniteQueryOptions({
    queryKey: keys.access.tokens(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<ApiTokenListWire>(api.tokens({ ...filters, limit: 100, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ApiTokenListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}

/** What each role and each kind of token may do: a part of the build. */
export function rolesQuery() {
  return queryOptions({
    queryKey: keys.roles,
    queryFn: ({ signal }) => getJson<RoleTableWire>(api.roles(), signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Nothing is shown as changed before it is: access is no place for hope. */
function useAccessMutation<Input, Data>(change: (input: Input) => Promise<Data>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    gcTime: 0,
    onSettled: () => client.invalidateQueries({ queryKey: keys.access.all }),
  });
}

/** The link is in this answer alone; it is kept out of the cache. */
export const useInviteUser = () =>
  useAccessMutation((input: InviteUserWire) => actionData(inviteUser(input)));
export const useRenewInvitation = () =>
  useAccessMutation((invitationId: string) => actionData(renewInvitation({ invitation_id: invitationId })));
export const useRevokeInvitation = () =>
  useAccessMutation((invitationId: string) => actionData(revokeInvitation({ invitation_id: invitationId })));
export const useMakePasswordReset = () =>
  useAccessMutation((userId: string) => actionData(makePasswordReset({ user_id: userId })));
export const useUpdateUser = () =>
  useAccessMutation((input: { user_id: string } & UpdateUserWire) => actionData(updateUser(input)));
export const useSetUserDisabled = () =>
  useAccessMutation((input: { user_id: string; disabled: boolean }) => actionData(setUserDisabled(input)));
export const useRemoveUser = () =>
  useAccessMutation((userId: string) => actionData(removeUser({ user_id: userId })));
export const useRevokeSession = () =>
  useAccessMutation((sessionId: string) => actionData(revokeSession({ session_id: sessionId })));
export const useRevokeUserSessions = () =>
  useAccessMutation((userId: string) => actionData(revokeUserSessions({ user_id: userId })));

/** The value is in this answer alone, as when a token is rotated. */
export const useCreateToken = () =>
  useAccessMutation((input: CreateApiTokenWire) => actionData(createToken(input)));
export const useRotateToken = () =>
  useAccessMutation((input: { token_id: string } & RotateApiTokenWire) => actionData(rotateToken(input)));
export const useDisableToken = () =>
  useAccessMutation((tokenId: string) => actionData(disableToken({ token_id: tokenId })));

/** Nobody is signed in yet, so that there is no session whose action this could be. */
export const findInvitation = (token: string) =>
  postJson<FoundInvitationWire>(api.findInvitation(), { token });
export const acceptInvitation = (input: AcceptInvitationWire) =>
  postJson<{ user_id: string; email: string }>(api.acceptInvitation(), input);
export const findPasswordReset = (token: string) =>
  postJson<FoundPasswordResetWire>(api.findPasswordReset(), { token });
export const setPasswordByLink = (input: { token: string; password: string }) =>
  postJson<{ email: string; ended: number }>(api.usePasswordReset(), input);
