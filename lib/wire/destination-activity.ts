import type { DestinationActivityQuery, DestinationActivityWire } from "@/lib/contracts/destination-activity";
import type { ActivityHours, DestinationActivity } from "@/lib/domain/destination-activity";
import { snakeKeys } from "./casing";

export const destinationActivityToWire = (activity: DestinationActivity): DestinationActivityWire =>
  snakeKeys(activity);

export const activityHoursFromQuery = ({ hours }: DestinationActivityQuery): ActivityHours =>
  Number(hours ?? "24") as ActivityHours;
