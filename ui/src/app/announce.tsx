// One polite voice for the results of what a person did; screen readers speak it, eyes see a toast.
import { useSyncExternalStore } from 'react';
import { toast } from 'sonner';

let said = '';
const hearers = new Set<() => void>();

/** Says the result of the person's own action. */
export function announce(text: string): void {
  // The same words twice must be heard twice.
  said = said === text ? `${text}\u00a0` : text;
  for (const hear of hearers) {
    hear();
  }
  toast(text);
}

function subscribe(hear: () => void): () => void {
  hearers.add(hear);
  return () => void hearers.delete(hear);
}

/** Where the voice lives; once per window. */
export function LiveRegion() {
  const text = useSyncExternalStore(subscribe, () => said);
  return (
    <div className="visually-hidden" role="status" aria-live="polite" data-testid="announcement">
      {text}
    </div>
  );
}
