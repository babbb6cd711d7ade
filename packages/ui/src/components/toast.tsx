import { CircleCheck, TriangleAlert, X } from 'lucide-react';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useRef, useState } from 'react';

export interface ToastMessage {
  readonly kind: 'done' | 'failed';
  readonly title: string;
  readonly detail?: string;
}
type Say = (message: ToastMessage) => void;
const ToastContext = createContext<Say>(() => undefined);

/** Says what became of an act. Confirmations leave after six seconds; failures stay until closed. */
export function ToastProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly (ToastMessage & { readonly id: number })[]>([]);
  const nextId = useRef(1);
  const close = useCallback((id: number) => setToasts((list) => list.filter((toast) => toast.id !== id)), []);
  const say = useCallback<Say>(
    (message) => {
      const id = nextId.current;
      nextId.current += 1;
      setToasts((list) => [...list.slice(-3), { ...message, id }]);
      if (message.kind === 'done') setTimeout(() => close(id), 6000);
    },
    [close],
  );
  const value = useMemo(() => say, [say]);
  return (
    <ToastContext value={value}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="no-print fixed z-50 right-4 bottom-4 max-md:bottom-20 flex flex-col gap-2 w-[min(380px,calc(100vw-32px))]"
      >
        {toasts.map((toast) => (
          <div
            key={toast.id}
            className="flex items-start gap-2.5 rounded-v border border-line bg-surface shadow-float p-3"
          >
            {toast.kind === 'done' ? (
              <CircleCheck size={18} className="text-ok flex-none mt-px" aria-hidden />
            ) : (
              <TriangleAlert size={18} className="text-high flex-none mt-px" aria-hidden />
            )}
            <div className="grow min-w-0">
              <p className="text-14 font-semibold">{toast.title}</p>
              {toast.detail === undefined ? null : <p className="text-13 text-ink-2 break-words">{toast.detail}</p>}
            </div>
            <button
              type="button"
              aria-label="Close message"
              onClick={() => close(toast.id)}
              className="size-6 inline-flex items-center justify-center rounded-v text-ink-3 hover:bg-hover"
            >
              <X size={14} aria-hidden />
            </button>
          </div>
        ))}
      </div>
    </ToastContext>
  );
}

/** The function that shows a toast. */
export function useToast(): Say {
  return useContext(ToastContext);
}
