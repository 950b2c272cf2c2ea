#include "mail/content/signatures.h"

#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "mail/content/kind.h"

namespace majlis::mail {
namespace {

using namespace std::string_view_literals;

std::string padded(std::string_view head) { return std::string(head) + std::string(64, '\x01'); }

struct Head {
  Kind kind;
  std::string_view octets;
};

// What files of each kind begin with in real life.
const std::vector<Head> kHeads = {
    {Kind::pe, "MZ\x90\0\x03\0\0\0"sv},
    {Kind::elf,
     "\x7F"
     "ELF\x02\x01\x01"sv},
    {Kind::mach_o, "\xCF\xFA\xED\xFE\x07"sv},
    {Kind::java_class, "\xCA\xFE\xBA\xBE\0\0\0\x37"sv},
    {Kind::dalvik, "dex\n035\0"sv},
    {Kind::web_assembly, "\0asm\x01\0\0\0"sv},
    {Kind::flash, "CWS\x0A"sv},
    {Kind::bitcode, "BC\xC0\xDE"sv},
    {Kind::compressed_program, "SZDD\x88\xF0\x27\x33\x41"sv},
    {Kind::deb, "!<arch>\ndebian-binary"sv},
    {Kind::rpm, "\xED\xAB\xEE\xDB\x03"sv},
    {Kind::xar, "xar!\0\x1C"sv},
    {Kind::browser_extension, "Cr24\x03\0\0\0"sv},
    {Kind::encoded_script, "#@~^AAAA"sv},
    {Kind::compiled_script, "\x1BLuaS"sv},
    {Kind::compiled_script, "\xA7\x0D\x0D\x0A\0\0\0\0"sv},
    {Kind::lnk, "\x4C\0\0\0\x01\x14\x02\0\0\0\0\0\xC0"sv},
    {Kind::compiled_help, "ITSF\x03\0\0\0"sv},
    {Kind::old_help, "?_\x03\0"sv},
    {Kind::one_note, "\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3"sv},
    {Kind::access_database, "\0\x01\0\0Standard ACE DB\0"sv},
    {Kind::virtual_disk, "vhdxfileM\0"sv},
    {Kind::wim, "MSWIM\0\0\0\xD0"sv},
    {Kind::squashfs, "hsqs\x07\0\0\0"sv},
    {Kind::zip, "PK\x03\x04\x14\0"sv},
    {Kind::gzip, "\x1F\x8B\x08\0"sv},
    {Kind::seven_zip, "7z\xBC\xAF\x27\x1C\0\x04"sv},
    {Kind::rar, "Rar!\x1A\x07\x01\0"sv},
    {Kind::cabinet, "MSCF\0\0\0\0"sv},
    {Kind::arj, "\x60\xEA\x2A\0"sv},
    {Kind::ace, "\0\0\x31\0\0\0\0**ACE**"sv},
    {Kind::lha, "\x21\x8A-lh5-\x01"sv},
    {Kind::bzip2, "BZh91AY&SY\xA0"sv},
    {Kind::xz,
     "\xFD"
     "7zXZ\0\0"sv},
    {Kind::zstandard, "\x28\xB5\x2F\xFD\x24"sv},
    {Kind::lz4, "\x04\x22\x4D\x18\x64"sv},
    {Kind::unix_compress, "\x1F\x9D\x90"sv},
    {Kind::tnef, "\x78\x9F\x3E\x22\x01"sv},
    {Kind::pdf, "%PDF-1.7\n%\xE2\xE3"sv},
    {Kind::rtf, "{\\rtf1\\ansi"sv},
    {Kind::ole, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0"sv},
    {Kind::png, "\x89PNG\r\n\x1A\n\0"sv},
    {Kind::jpeg, "\xFF\xD8\xFF\xE0\0\x10JFIF"sv},
    {Kind::gif, "GIF89a\x01\0"sv},
    {Kind::webp, "RIFF\x24\0\0\0WEBPVP8 "sv},
    {Kind::tiff, "II*\0\x08\0"sv},
    {Kind::tiff, "MM\0*\0\0"sv},
    {Kind::bmp, "BM\x36\0\x0C\0\0\0\0\0\x36"sv},
    {Kind::heif,
     "\0\0\0\x18"
     "ftypheic\0"sv},
    {Kind::mpeg_audio, "ID3\x03\0"sv},
    {Kind::ogg, "OggS\0\x02"sv},
    {Kind::wave, "RIFF\x24\0\0\0WAVEfmt "sv},
    {Kind::mp4,
     "\0\0\0\x18"
     "ftypisom\0"sv},
    {Kind::matroska, "\x1A\x45\xDF\xA3\x01"sv},
};

TEST(Signatures, TellEveryKindByItsFirstOctets) {
  for (const Head& head : kHeads) {
    EXPECT_EQ(kinds_of(padded(head.octets)), std::vector<Kind>{head.kind}) << row_of(head.kind).word;
  }
}

TEST(Signatures, TellScriptsByHowTheirTextBegins) {
  const std::vector<std::pair<std::string, Kind>> texts = {
      {"#!/bin/sh\nrm\n", Kind::shell_script},
      {"\xEF\xBB\xBF @ECHO OFF\r\n", Kind::batch},
      {"<?php echo 1;", Kind::php},
      {"<job id=\"x\"><script language=\"VBScript\">", Kind::script_host},
      {"<?XML version=\"1.0\"?>\n<package><job>", Kind::script_host},
      {"Windows Registry Editor Version 5.00\r\n", Kind::registry},
      {"[InternetShortcut]\r\nURL=file://x", Kind::internet_shortcut},
      {"[Desktop Entry]\nExec=x", Kind::desktop_entry},
      {"\n <!DOCTYPE html><p>", Kind::html},
      {"<?xml version=\"1.0\"?>\n<svg xmlns=\"x\"/>", Kind::svg},
      {"Dear cooks, MZ is a name.\n", Kind::text},
      {"", Kind::text},
  };
  for (const auto& [text, kind] : texts) EXPECT_EQ(kinds_of(text).front(), kind) << text;
  const std::string utf16("\xFF\xFE#\0!\0/\0b\0i\0n\0", 14);
  EXPECT_EQ(kinds_of(utf16).front(), Kind::shell_script);
}

TEST(Signatures, ALettersSignatureInProseIsNone) {
  for (const std::string_view text : {"MZ was here", "BM", "ITSF is a form", "MSCF", "GIF89a is a form", "BZh"}) {
    EXPECT_EQ(kinds_of(text), std::vector<Kind>{Kind::text}) << text;
  }
}

// A disk in a picture: both readers are right.
TEST(Signatures, TellEveryKindThatAFileIs) {
  std::string both = "\xFF\xD8\xFF\xE0" + std::string(40'000, '\0');
  both.replace(32769, 5, "CD001");
  EXPECT_EQ(kinds_of(both), (std::vector<Kind>{Kind::iso_image, Kind::jpeg}));
  std::string disk(2048, '\x01');
  disk.replace(disk.size() - 512, 4, "koly");
  EXPECT_EQ(kinds_of(disk), std::vector<Kind>{Kind::mac_disk});
}

TEST(Signatures, UnknownOctetsAreUnknown) {
  EXPECT_EQ(kinds_of("\x01\x02\x03"), std::vector<Kind>{Kind::unknown});
  EXPECT_FALSE(is_text("a\0b"sv));
  EXPECT_TRUE(is_text("caf\xE9\r\n\t"));
  EXPECT_TRUE(is_text("\xFE\xFF\0a\0b"sv));
}

TEST(Kind, EveryRowIsOneThatAPolicyCanName) {
  std::set<std::string_view> types;
  for (const KindRow& row : kind_table()) {
    EXPECT_FALSE(row.word.empty());
    EXPECT_NE(row.types.find('/'), std::string_view::npos) << row.word;
    for (const char c : std::string(row.types) + std::string(row.endings))
      EXPECT_FALSE(c >= 'A' && c <= 'Z') << row.word;
  }
  EXPECT_TRUE(has_word("exe dll", "dll"));
  EXPECT_FALSE(has_word("exe dll", "ex"));
  EXPECT_FALSE(has_word("exe dll", ""));
}

}  // namespace
}  // namespace majlis::mail
