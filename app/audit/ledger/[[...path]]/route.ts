export { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "@/lib/api/under-next";

export const dynamic = "force-dynamic";
