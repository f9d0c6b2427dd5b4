using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedPipelines.SqlServer.Tests;

/// <summary>
/// Speaks the protocol of SQL Server and knows no SQL: a script answers each statement. So the real client is driven through a whole
/// load where there is no server: what it sends, what it asks of our reader, what it makes of errors and of a connection that is cut.
/// </summary>
internal sealed class ScriptedServer : IDisposable
{
    private const byte Batch = 1;
    private const byte Call = 3;
    private const byte Attention = 6;
    private const byte BulkRows = 7;
    private const byte Login = 16;
    private const byte BeforeLogin = 18;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<string, TdsReply?> _script;
    private readonly List<string> _statements = [];
    private readonly List<byte[]> _copied = [];

    /// <summary>Starts a server.</summary>
    /// <param name="script">Answers a statement; null cuts the connection.</param>
    internal ScriptedServer(Func<string, TdsReply?> script)
    {
        _script = script;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    internal string ConnectionString =>
        $"Server=127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port};Database=analytics;User ID=loader;Password=s3cret;Encrypt=False;Pooling=False;Connect Timeout=30";

    /// <summary>The statements heard, over all connections.</summary>
    internal string[] Statements
    {
        get
        {
            lock (_statements)
            {
                return [.. _statements];
            }
        }
    }

    /// <summary>The bulk copies taken, as they came.</summary>
    internal byte[][] Copied
    {
        get
        {
            lock (_statements)
            {
                return [.. _copied];
            }
        }
    }

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadMessageAsync(stream) is (byte type, byte[] message))
                {
                    byte[]? answer = type switch
                    {
                        BeforeLogin => PreLogin,
                        Login => new TdsReply().LoggedIn().Bytes,
                        Batch or Call => Answer(type == Batch ? TextOfBatch(message) : TextOfCall(message)),
                        BulkRows => Take(message),
                        Attention => new TdsReply().Cancelled().Bytes,
                        _ => new TdsReply().Done().Bytes,
                    };
                    if (answer is null)
                    {
                        return;
                    }

                    await WriteMessageAsync(stream, answer);
                }
            }
            catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException)
            {
                // The client is gone.
            }
        }
    }

    /// <summary>Version 15, and no encryption to be had.</summary>
    private static byte[] PreLogin => [0, 0, 16, 0, 6, 1, 0, 22, 0, 1, 4, 0, 23, 0, 1, 0xff, 15, 0, 0, 0, 0, 0, 2, 0];

    private byte[]? Answer(string statement)
    {
        lock (_statements)
        {
            _statements.Add(statement);
        }

        return _script(statement)?.Bytes;
    }

    private byte[] Take(byte[] rows)
    {
        lock (_statements)
        {
            _copied.Add(rows);
        }

        return new TdsReply().Done(1).Bytes;
    }

    private static string TextOfBatch(byte[] message) => Encoding.Unicode.GetString(message.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(message)));

    /// <summary>The text in a call of sp_executesql: its first parameter, which has no name.</summary>
    private static string TextOfCall(byte[] message)
    {
        ReadOnlySpan<byte> rest = message.AsSpan((int)BinaryPrimitives.ReadUInt32LittleEndian(message));
        BinaryPrimitives.ReadUInt16LittleEndian(rest).ShouldBe((ushort)0xffff);
        rest = rest[(6 + 2 + 1)..];
        bool inParts = BinaryPrimitives.ReadUInt16LittleEndian(rest) == 0xffff;
        rest = rest[(2 + 5)..];
        if (!inParts)
        {
            return Encoding.Unicode.GetString(rest.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(rest)));
        }

        var text = new StringBuilder();
        for (rest = rest[8..]; BinaryPrimitives.ReadInt32LittleEndian(rest) is > 0 and var length; rest = rest[(4 + length)..])
        {
            text.Append(Encoding.Unicode.GetString(rest.Slice(4, length)));
        }

        return text.ToString();
    }

    private static async Task<(byte Type, byte[] Message)?> ReadMessageAsync(NetworkStream stream)
    {
        using var message = new MemoryStream();
        byte[] header = new byte[8];
        while (true)
        {
            if (await stream.ReadAtLeastAsync(header, 8, throwOnEndOfStream: false) < 8)
            {
                return null;
            }

            byte[] content = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - 8];
            await stream.ReadExactlyAsync(content);
            message.Write(content);
            if ((header[1] & 1) != 0)
            {
                return (header[0], message.ToArray());
            }
        }
    }

    private static async Task WriteMessageAsync(NetworkStream stream, byte[] answer)
    {
        const int Most = 4000;
        for (int at = 0; at < answer.Length; at += Most)
        {
            int length = Math.Min(Most, answer.Length - at);
            byte[] packet = new byte[8 + length];
            packet[0] = 4;
            packet[1] = at + length == answer.Length ? (byte)1 : (byte)0;
            BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
            packet[6] = 1;
            answer.AsSpan(at, length).CopyTo(packet.AsSpan(8));
            await stream.WriteAsync(packet);
        }
    }
}
