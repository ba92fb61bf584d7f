/**
 * The part of Linear's GraphQL schema that issues need, with Linear's own names and types (its public schema, 2025), so that a
 * query which Linear would refuse is refused here.
 */
export const linearSchema = /* GraphQL */ `
  scalar DateTime
  type Query {
    teams(first: Int, filter: TeamFilter): TeamConnection!
    projects(first: Int, filter: ProjectFilter): ProjectConnection!
    issueLabels(first: Int, filter: IssueLabelFilter): IssueLabelConnection!
    issues(first: Int, includeArchived: Boolean, orderBy: PaginationOrderBy, filter: IssueFilter): IssueConnection!
    comments(first: Int, filter: CommentFilter): CommentConnection!
  }
  type Mutation {
    issueCreate(input: IssueCreateInput!): IssuePayload!
    commentCreate(input: CommentCreateInput!): CommentPayload!
  }
  enum PaginationOrderBy { createdAt updatedAt }
  input StringComparator { eq: String eqIgnoreCase: String in: [String!] contains: String }
  input NullableStringComparator { eq: String eqIgnoreCase: String contains: String null: Boolean }
  input IssueIDComparator { eq: ID in: [ID!] }
  input IDComparator { eq: ID in: [ID!] }
  input TeamFilter { id: IDComparator key: StringComparator name: StringComparator or: [TeamFilter!] }
  input ProjectFilter { id: IDComparator name: StringComparator slugId: StringComparator or: [ProjectFilter!] }
  input IssueLabelFilter { id: IDComparator name: StringComparator }
  input IssueFilter {
    id: IssueIDComparator title: StringComparator description: NullableStringComparator team: TeamFilter
  }
  input CommentFilter { id: IDComparator }
  input IssueCreateInput {
    id: String teamId: String! projectId: String title: String description: String priority: Int labelIds: [String!]
  }
  input CommentCreateInput { id: String issueId: String body: String }
  type TeamConnection { nodes: [Team!]! }
  type Team { id: ID! key: String! name: String! }
  type ProjectConnection { nodes: [Project!]! }
  type Project { id: ID! name: String! slugId: String! teams: TeamConnection! }
  type IssueLabelConnection { nodes: [IssueLabel!]! }
  type IssueLabel { id: ID! name: String! team: Team }
  type WorkflowState { id: ID! name: String! type: String! }
  type IssueConnection { nodes: [Issue!]! }
  type Issue {
    id: ID! identifier: String! title: String! url: String! description: String createdAt: DateTime! archivedAt: DateTime
    priority: Float! state: WorkflowState!
  }
  type CommentConnection { nodes: [Comment!]! }
  type Comment { id: ID! url: String! body: String! issue: Issue }
  type IssuePayload { success: Boolean! issue: Issue }
  type CommentPayload { success: Boolean! comment: Comment! }
`;
