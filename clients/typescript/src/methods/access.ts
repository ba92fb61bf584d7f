import { type CallOptions, segment, type Transport } from "../transport.js";
import type {
  ApiToken,
  ApiTokenInput,
  ApiTokenList,
  ApiTokenQuery,
  ApiTokenRotation,
  FoundInvitation,
  FoundPasswordReset,
  Invitation,
  InvitationAcceptance,
  InvitationInput,
  InvitationList,
  InvitationQuery,
  MadeApiToken,
  MadeInvitation,
  MadePasswordReset,
  PasswordResetUse,
  RoleTable,
  RotatedApiToken,
  User,
  UserChange,
  UserList,
  UserQuery,
  UserSessionList,
} from "../types/access.js";
import { iteratePages } from "./pages.js";

const access = "/incident-monitor/access";
const userPath = (id: string) => `${access}/users/${segment(id, "userId")}`;
const invitationPath = (id: string) => `${access}/invitations/${segment(id, "invitationId")}`;
const tokenPath = (id: string) => `${access}/tokens/${segment(id, "tokenId")}`;

export function accessMethods(transport: Transport) {
  const get = <T>(path: string, options?: CallOptions, query: object = {}): Promise<T> =>
    transport.json({ method: "GET", path, query: { ...query } }, options);
  const post = <T>(path: string, options?: CallOptions, body?: object): Promise<T> =>
    transport.json({ method: "POST", path, ...(body && { body }) }, options);
  const listUsers = (query: UserQuery = {}, options?: CallOptions): Promise<UserList> =>
    get(`${access}/users`, options, query);

  return {
    /** What each role and each kind of token may do. */
    listRoles: (options?: CallOptions): Promise<RoleTable> => get(`${access}/roles`, options),

    /** Everybody who can sign in, newest first; one page. */
    listUsers,

    /** Every user that matches, page after page. `limit` is the size of a page. */
    iterateUsers: (query: UserQuery = {}, options?: CallOptions): AsyncGenerator<User> =>
      iteratePages(query, async (page) => {
        const answer = await listUsers(page, options);
        return { rows: answer.users, next: answer.next_cursor };
      }),

    getUser: async (userId: string, options?: CallOptions): Promise<{ user: User }> =>
      get(userPath(userId), options),

    /** From the user's next request on. */
    updateUser: async (userId: string, change: UserChange, options?: CallOptions): Promise<{ user: User }> =>
      transport.json({ method: "PATCH", path: userPath(userId), body: change }, options),

    /** Every session of theirs ends at once. Doing it twice is the same. */
    disableUser: async (userId: string, options?: CallOptions): Promise<{ user: User }> =>
      post(`${userPath(userId)}/disable`, options),

    enableUser: async (userId: string, options?: CallOptions): Promise<{ user: User }> =>
      post(`${userPath(userId)}/enable`, options),

    /** For good. What they did stays on record. */
    removeUser: async (userId: string, options?: CallOptions): Promise<{ user_id: string; removed: true }> =>
      transport.json({ method: "DELETE", path: userPath(userId) }, options),

    listUserSessions: async (userId: string, options?: CallOptions): Promise<UserSessionList> =>
      get(`${userPath(userId)}/sessions`, options),

    revokeUserSessions: async (
      userId: string,
      options?: CallOptions,
    ): Promise<{ user_id: string; ended: number }> => post(`${userPath(userId)}/sessions/revoke`, options),

    revokeSession: async (
      sessionId: string,
      options?: CallOptions,
    ): Promise<{ session_id: string; revoked: true }> =>
      post(`${access}/sessions/${segment(sessionId, "sessionId")}/revoke`, options),

    /** Neither accepted nor revoked, newest first; one page. */
    listInvitations: (query: InvitationQuery = {}, options?: CallOptions): Promise<InvitationList> =>
      get(`${access}/invitations`, options, query),

    /** The link is in this answer alone, good for seven days, and yours to hand over. */
    inviteUser: (input: InvitationInput, options?: CallOptions): Promise<MadeInvitation> =>
      post(`${access}/invitations`, options, input),

    /** A new link; the one before opens nothing any more. */
    renewInvitation: async (invitationId: string, options?: CallOptions): Promise<MadeInvitation> =>
      post(`${invitationPath(invitationId)}/renew`, options),

    revokeInvitation: async (
      invitationId: string,
      options?: CallOptions,
    ): Promise<{ invitation: Invitation }> => post(`${invitationPath(invitationId)}/revoke`, options),

    /** For the holder of a link; `token` is its last part. The client's own token is not sent. */
    findInvitation: (token: string, options?: CallOptions): Promise<FoundInvitation> =>
      transport.json(
        { method: "POST", path: `${access}/invitations/find`, body: { token }, credential: "none" },
        options,
      ),

    /** For the holder of a link, who becomes the user it invites. The client's own token is not sent. */
    acceptInvitation: (
      acceptance: InvitationAcceptance,
      options?: CallOptions,
    ): Promise<{ user_id: string; email: string }> =>
      transport.json(
        { method: "POST", path: `${access}/invitations/accept`, body: acceptance, credential: "none" },
        options,
      ),

    /** For somebody who forgot theirs: a link, in this answer alone, good for 24 hours; the one before opens nothing any more. */
    makePasswordReset: async (userId: string, options?: CallOptions): Promise<MadePasswordReset> =>
      post(`${userPath(userId)}/password-reset`, options),

    /** For the holder of a link; `token` is its last part. The client's own token is not sent. */
    findPasswordReset: (token: string, options?: CallOptions): Promise<FoundPasswordReset> =>
      transport.json(
        { method: "POST", path: `${access}/password-resets/find`, body: { token }, credential: "none" },
        options,
      ),

    /** For the holder of a link: sets the password and ends every session of its person. The client's own token is not sent. */
    usePasswordReset: (
      use: PasswordResetUse,
      options?: CallOptions,
    ): Promise<{ email: string; ended: number }> =>
      transport.json(
        { method: "POST", path: `${access}/password-resets/use`, body: use, credential: "none" },
        options,
      ),

    /** Newest first; one page. */
    listTokens: (query: ApiTokenQuery = {}, options?: CallOptions): Promise<ApiTokenList> =>
      get(`${access}/tokens`, options, query),

    /** The value is in this answer alone. */
    createToken: (input: ApiTokenInput, options?: CallOptions): Promise<MadeApiToken> =>
      post(`${access}/tokens`, options, input),

    /** A successor with the same kind and scopes; the old token ends after the overlap. */
    rotateToken: async (
      tokenId: string,
      rotation: ApiTokenRotation = {},
      options?: CallOptions,
    ): Promise<RotatedApiToken> => post(`${tokenPath(tokenId)}/rotate`, options, rotation),

    disableToken: async (tokenId: string, options?: CallOptions): Promise<{ token: ApiToken }> =>
      post(`${tokenPath(tokenId)}/disable`, options),
  };
}
