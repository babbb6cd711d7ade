import { describe, expect, it } from 'vitest';
import { readText } from '../testing/read-text.ts';
import { createMountsReader, isWritableSystemMount, parseMount, rootMountSign } from './mounts.ts';

describe('mounts', () => {
  it.each([
    ['mount', '/dev/block/dm-6 on /system type ext4 (rw,seclabel)'],
    ['/proc/mounts', '/dev/block/dm-6 /system ext4 rw,seclabel 0 0'],
    ['mountinfo', '24 1 253:6 / /system rw,relatime shared:1 master:2 - ext4 /dev/block/dm-6 rw,seclabel'],
  ])('reads %s', (_, line) => {
    const mount = parseMount(line);
    expect(mount).toMatchObject({ source: '/dev/block/dm-6', point: '/system', type: 'ext4' });
    expect(mount !== null && isWritableSystemMount(mount)).toBe(true);
  });

  it.each([
    'magisk on /debug_ramdisk type tmpfs (rw,seclabel)',
    'magisk /sbin tmpfs rw 0 0',
    'KSU on /system type overlay (ro,lowerdir=/data/adb/modules/x/system:/system)',
    'overlay on /product/app type overlay (ro,lowerdir=/data/adb/modules/y/product/app:/product/app)',
    'APatch on /system/bin type overlay (ro,lowerdir=/x)',
    'tmpfs on /sbin/.magisk/mirror type tmpfs (rw)',
  ])('knows the rooting kit in %s', (line) => {
    const mount = parseMount(line);
    expect(mount === null ? null : rootMountSign(mount)).not.toBeNull();
  });

  it.each([
    'tmpfs on /dev type tmpfs (rw,seclabel)',
    'overlay on /vendor type overlay (ro,lowerdir=/mnt/vendor/overlay:/vendor)',
    '/dev/block/dm-52 on /data type f2fs (rw,lazytime)',
    '/dev/block/dm-6 on / type erofs (ro,seclabel)',
    'tmpfs on /system/apex type tmpfs (rw)',
  ])('takes %s for ordinary', (line) => {
    const mount = parseMount(line);
    expect(mount).not.toBeNull();
    expect(mount === null ? '' : rootMountSign(mount)).toBeNull();
    expect(mount !== null && isWritableSystemMount(mount)).toBe(false);
  });

  it('counts what it read, and says nothing of what it could not read', () => {
    const read = readText('/dev/block/dm-6 on / type erofs (ro)\n', createMountsReader);
    expect(read.value('mount.root-marker.count')).toBe('0');
    expect(read.value('mount.writable-system.count')).toBe('0');
    expect(readText('mount: Permission denied\n', createMountsReader).values('denied.mounts')).toHaveLength(1);
    expect(readText('', createMountsReader).evidence.observations).toEqual([]);
  });
});
