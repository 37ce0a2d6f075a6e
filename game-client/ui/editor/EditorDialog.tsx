/** A modal dialog over the editor. */
import type { ComponentChildren } from "preact";
import { Button } from "#client/ui/kit/Button.tsx";
import { CloseIcon } from "#client/ui/kit/icons.tsx";
import { keepFocusInside, useModal } from "#client/ui/kit/modal.ts";
import { STRINGS } from "#client/ui/strings/strings.ts";
import { closeDialog, notice } from "./panelModel.ts";
import "#client/ui/kit/dialog.css";

interface EditorDialogProps {
  title: string;
  /** A selector: what has the focus first. */
  first?: string;
  size?: "small" | "large";
  close?: () => void;
  children: ComponentChildren;
}

export function EditorDialog({
  title,
  first = ".dialog-head .button",
  size = "small",
  close = closeDialog,
  children,
}: EditorDialogProps) {
  const dialog = useModal(first);
  return (
    <dialog
      ref={dialog}
      class={`dialog editor-dialog editor-dialog-${size} glass`}
      aria-label={title}
      onKeyDown={keepFocusInside}
      onClose={close}
    >
      <header class="dialog-head">
        <h1 class="dialog-title">{title}</h1>
        <Button look="icon" label={STRINGS.editor.closePanel} onPress={() => dialog.current?.close()}>
          <CloseIcon />
        </Button>
      </header>
      <div class="dialog-panel">{children}</div>
      <p class={notice.value ? "dialog-notice" : "visually-hidden"} aria-hidden="true">
        {notice.value}
      </p>
    </dialog>
  );
}
