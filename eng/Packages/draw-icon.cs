// Draws the packages' icon, an arrow that leads back to where it began: dotnet run eng/Packages/draw-icon.cs
using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

const int Size = 128;
const int Samples = 4; // Each way, for each pixel: edges are smooth.

(byte R, byte G, byte B) ground = (23, 64, 94), ring = (255, 255, 255), core = (245, 166, 35);
var pixels = new byte[Size * ((Size * 4) + 1)]; // Each line begins with its filter: none.
for (int y = 0; y < Size; y++)
{
    for (int x = 0; x < Size; x++)
    {
        int red = 0, green = 0, blue = 0, covered = 0;
        for (int sample = 0; sample < Samples * Samples; sample++)
        {
            double px = x + (((sample % Samples) + 0.5) / Samples) - (Size / 2.0);
            double py = y + (((sample / Samples) + 0.5) / Samples) - (Size / 2.0);
            if (!IsInSquare(px, py))
            {
                continue;
            }

            (byte r, byte g, byte b) = IsInCore(px, py) ? core : IsInRing(px, py) || IsInArrow(px, py) ? ring : ground;
            (red, green, blue, covered) = (red + r, green + g, blue + b, covered + 1);
        }

        Span<byte> pixel = pixels.AsSpan((y * ((Size * 4) + 1)) + 1 + (x * 4), 4);
        if (covered > 0)
        {
            (pixel[0], pixel[1], pixel[2]) = ((byte)(red / covered), (byte)(green / covered), (byte)(blue / covered));
            pixel[3] = (byte)(covered * 255 / (Samples * Samples));
        }
    }
}

using FileStream file = File.Create(Path.Combine(Folder(), "icon.png"));
file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10]);
var header = new byte[13];
BinaryPrimitives.WriteInt32BigEndian(header, Size);
BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), Size);
(header[8], header[9]) = (8, 6); // Eight bits for each of red, green, blue and alpha.
WriteChunk(file, "IHDR", header);
using (var packed = new MemoryStream())
{
    using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
    {
        zlib.Write(pixels);
    }

    WriteChunk(file, "IDAT", packed.ToArray());
}

WriteChunk(file, "IEND", []);

static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

static bool IsInSquare(double x, double y)
{
    const double Half = Size / 2.0, Corner = 24;
    double dx = Math.Max(Math.Abs(x) - (Half - Corner), 0), dy = Math.Max(Math.Abs(y) - (Half - Corner), 0);
    return Math.Sqrt((dx * dx) + (dy * dy)) <= Corner;
}

static bool IsInCore(double x, double y) => Math.Sqrt((x * x) + (y * y)) <= 13;

static bool IsInRing(double x, double y)
{
    double radius = Math.Sqrt((x * x) + (y * y)), angle = Math.Atan2(y, x) * 180 / Math.PI;
    return radius is >= 30 and <= 42 && (angle < -60 || angle > -10);
}

// The head of the arrow, where the ring ends at the right, points upwards.
static bool IsInArrow(double x, double y) => y is <= -4 and >= -30 && Math.Abs(x - 36) <= (y + 30) * 0.72;

static void WriteChunk(Stream output, string kind, byte[] content)
{
    byte[] chunk = [.. Encoding.ASCII.GetBytes(kind), .. content];
    var number = new byte[4];
    BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
    output.Write(number);
    output.Write(chunk);
    BinaryPrimitives.WriteUInt32BigEndian(number, Crc(chunk));
    output.Write(number);
}

static uint Crc(byte[] bytes)
{
    uint crc = uint.MaxValue;
    foreach (byte each in bytes)
    {
        crc ^= each;
        for (int bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }
    }

    return ~crc;
}
