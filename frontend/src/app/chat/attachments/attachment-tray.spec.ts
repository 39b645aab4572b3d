import { TestBed, type ComponentFixture } from '@angular/core/testing';
import { Failure } from '../../graphql/failure';
import { newFile, uploadedFile, type AttachedFile } from './attached-file';
import { AttachmentTray } from './attachment-tray';
import { anAttachment } from './testing/fake-attachments-api';

describe(AttachmentTray.name, () => {
  let fixture: ComponentFixture<AttachmentTray>;

  const host = () => fixture.nativeElement as HTMLElement;
  const lines = () => [...host().querySelectorAll('li')].map(({ textContent }) => textContent.trim());
  const button = (name: string) => host().querySelector<HTMLButtonElement>(`[aria-label="${name}"]`);
  const show = async (files: readonly AttachedFile[]) => {
    fixture.componentRef.setInput('files', files);
    await fixture.whenStable();
  };

  const waiting = newFile('a', 'draft.new', new File(['x'], 'a.txt'));
  const failed: AttachedFile = {
    ...waiting,
    progress: { type: 'failed', failure: new Failure('UNREACHABLE', 'gone') },
  };
  const ready = uploadedFile('b', 'draft.new', anAttachment({ name: 'b.txt', size: 2048 }), null);

  beforeEach(() => {
    fixture = TestBed.createComponent(AttachmentTray);
  });

  it('says how far each file is', async () => {
    await show([waiting, ready]);
    expect(lines()).toEqual(['a.txtUploading', 'b.txt2 kB']);
    expect(button('Upload a.txt again')).toBeNull();
    await show([failed, ready]);
    expect(lines()).toEqual(['a.txtNot uploaded', 'b.txt2 kB']);
    expect(host().querySelector('p')?.textContent).toBe(
      'a.txt was not uploaded. The server cannot be reached. Try again.',
    );
    const again: string[] = [];
    fixture.componentInstance.retried.subscribe((key) => again.push(key));
    button('Upload a.txt again')?.click();
    expect(again).toEqual(['a']);
  });

  it('hands the focus on with the file that is removed', async () => {
    document.body.append(host());
    let last = 0;
    let files: readonly AttachedFile[] = [waiting, ready];
    fixture.componentInstance.lastRemoved.subscribe(() => last++);
    fixture.componentInstance.removed.subscribe((removed) => {
      files = files.filter(({ key }) => key !== removed);
      fixture.componentRef.setInput('files', files);
    });
    await show(files);
    button('Remove a.txt')?.click();
    await fixture.whenStable();
    expect(document.activeElement).toBe(button('Remove b.txt'));
    expect(last).toBe(0);
    button('Remove b.txt')?.click();
    await fixture.whenStable();
    expect(last).toBe(1);
  });
});
