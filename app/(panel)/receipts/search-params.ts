import { postListQuerySchema } from "@/lib/contracts/post";
import { filtersFrom, type SearchParams } from "@/lib/contracts/search-filters";
import { type PostFilters, postFilterKeys } from "@/lib/queries/posts";

/** The filters of the list as its URL says them; what is not understood narrows nothing. */
export const postFiltersFrom = (params: SearchParams): PostFilters =>
  filtersFrom(postListQuerySchema, postFilterKeys, params);
