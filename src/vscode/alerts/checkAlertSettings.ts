import type { TakeSetting } from '../snapshots/checkSnapshotSettings.ts';
import type { WebhookFormat } from './webhookBody.ts';
import { parseQuietHours, type QuietHours } from './quietHours.ts';

/** The settings of alerts, checked. */
export interface AlertSettings {
  isEnabled: boolean;
  /** Storage that may be full within so many days is told of. */
  diskFullDays: number;
  /** Null for none. */
  quietHours: QuietHours | null;
  webhookFormat: WebhookFormat;
}

export function checkAlertSettings(take: TakeSetting): AlertSettings {
  return {
    isEnabled: take('backupForesight.alerts.enabled', (value) => (typeof value === 'boolean' ? value : undefined)),
    diskFullDays: take('backupForesight.alerts.diskFullDays', (value) =>
      typeof value === 'number' && value >= 0 ? value : undefined,
    ),
    quietHours: take('backupForesight.alerts.quietHours', (value) =>
      typeof value === 'string' ? parseQuietHours(value) : undefined,
    ),
    webhookFormat: take('backupForesight.alerts.webhookFormat', (value) =>
      value === 'json' || value === 'slack' || value === 'teams' ? value : undefined,
    ),
  };
}
