import type { CallOptions, Transport } from "../transport.js";
import type {
  NotificationSettings,
  Notifications,
  TestReceiverResponse,
  Trends,
  TrendWindow,
} from "../types/first-run.js";

const receiver = "/incident-monitor/test-receiver";
const reports = "/incident-monitor/test-reports";
const notifications = "/incident-monitor/notifications";

export function firstRunMethods(transport: Transport) {
  return {
    /** Occurrences by source, time to decision and delivery success; over 24 hours unless a window says otherwise. */
    getTrends: (window?: TrendWindow, options?: CallOptions): Promise<Trends> =>
      transport.json({ method: "GET", path: "/incident-monitor/trends", query: { window } }, options),

    /** The receiver inside the product: set up or not, the test reports, what it took. */
    getTestReceiver: (options?: CallOptions): Promise<TestReceiverResponse> =>
      transport.json({ method: "GET", path: receiver }, options),

    /** Adds its destination and the route that test reports take. Doing it twice is the same. */
    setUpTestReceiver: (options?: CallOptions): Promise<TestReceiverResponse> =>
      transport.json({ method: "POST", path: `${receiver}/set-up` }, options),

    /** Takes both away again; receipts stay. */
    removeTestReceiver: (options?: CallOptions): Promise<TestReceiverResponse> =>
      transport.json({ method: "DELETE", path: `${receiver}/set-up` }, options),

    /** A real report that says it is a test; of a project where one is named. */
    sendTestReport: (
      projectId?: string,
      options?: CallOptions,
    ): Promise<{ draft_id: string; incident_id: string }> =>
      transport.json({ method: "POST", path: reports, body: { project_id: projectId } }, options),

    /** Hides the incidents of all test reports. */
    deleteTestReports: (options?: CallOptions): Promise<{ deleted: number }> =>
      transport.json({ method: "DELETE", path: reports }, options),

    /** What is told outside the panel, over which channels, and what became of the last messages. */
    getNotifications: (options?: CallOptions): Promise<Notifications> =>
      transport.json({ method: "GET", path: notifications }, options),

    /** Over the version that was read; another one by now is a 409. */
    putNotifications: (settings: NotificationSettings, options?: CallOptions): Promise<Notifications> =>
      transport.json({ method: "PUT", path: notifications, body: settings }, options),
  };
}
