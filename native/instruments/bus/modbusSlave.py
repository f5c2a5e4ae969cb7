"""A Modbus slave for tests. Serves `rtu PATH` or `tcp PORT`; one line of JSON on standard input sets registers:
{"unit": 1, "table": "h", "i", "c" or "d", "address": 6, "values": [..]}; each is answered with "ok". Ends with its input."""
import asyncio
import json
import sys

from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server.async_io import ModbusSerialServer, ModbusTcpServer
from pymodbus.transaction import ModbusRtuFramer

FUNCTION = {"h": 3, "i": 4, "c": 1, "d": 2}
UNITS = [1, 2, 3]


def unit():
    def block():
        return ModbusSequentialDataBlock(0, [0] * 200)

    return ModbusSlaveContext(hr=block(), ir=block(), co=block(), di=block(), zero_mode=True)


async def main(kind, where):
    context = ModbusServerContext(slaves={number: unit() for number in UNITS}, single=False)
    if kind == "rtu":
        server = ModbusSerialServer(
            context, framer=ModbusRtuFramer, port=where, baudrate=9600, ignore_missing_slaves=True
        )
        await server.start()
        if server.transport is None:
            sys.exit("the port could not be opened")
        say("ready")
    else:
        server = ModbusTcpServer(
            context, address=("127.0.0.1", int(where)), allow_reuse_address=True, ignore_missing_slaves=True
        )
        serving = asyncio.ensure_future(server.serve_forever())
        await asyncio.wait({serving, server.serving}, return_when=asyncio.FIRST_COMPLETED)
        if serving.done():
            serving.result()
        say("ready %d" % server.server.sockets[0].getsockname()[1])
    loop = asyncio.get_running_loop()
    while True:
        line = await loop.run_in_executor(None, sys.stdin.readline)
        if line == "":
            return
        order = json.loads(line)
        context[order["unit"]].setValues(FUNCTION[order["table"]], order["address"], order["values"])
        say("ok")


def say(text):
    print(text, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
