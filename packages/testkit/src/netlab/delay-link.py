"""Passes frames between two interfaces after a delay, each way: what `tc netem` does where the kernel has it.

    python3 delay-link.py INTERFACE INTERFACE MILLISECONDS
"""

import heapq
import select
import socket
import sys
import time

ALL_PROTOCOLS = socket.htons(3)
OUTGOING = 4  # PACKET_OUTGOING: a frame of our own, seen on its way out
MOST_HELD = 20_000


def open_interface(name):
    link = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, ALL_PROTOCOLS)
    link.bind((name, 0))
    link.setblocking(False)
    return link


def main():
    first, second = open_interface(sys.argv[1]), open_interface(sys.argv[2])
    delay = float(sys.argv[3]) / 1000
    other = {first: second, second: first}
    held, count = [], 0
    print("ready", flush=True)
    while True:
        wait = max(0.0, held[0][0] - time.monotonic()) if held else None
        for link in select.select([first, second], [], [], wait)[0]:
            try:
                frame, address = link.recvfrom(65_535)
            except BlockingIOError:
                continue
            if address[2] != OUTGOING and len(held) < MOST_HELD:
                count += 1
                heapq.heappush(held, (time.monotonic() + delay, count, frame, other[link]))
        while held and held[0][0] <= time.monotonic():
            _, _, frame, link = heapq.heappop(held)
            try:
                link.send(frame)
            except OSError:
                pass


main()
