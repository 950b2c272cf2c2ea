#include "lists/posts/content/content_findings.h"

#include <string>

#include <gtest/gtest.h>

#include "lists/posts/content/removal.h"
#include "mail/coding/decode.h"

namespace majlis::lists {
namespace {

const std::string kProgram("MZ\x90\0\x03\0\0\0", 8);
const std::string kPng("\x89PNG\r\n\x1A\n\0\0", 10);
const std::string kJpeg("\xFF\xD8\xFF\xE0\0\x10JFIF", 10);
const std::string kPdf("%PDF-1.4\n\0", 10);

const AttachmentPolicy kNone{read_permitted_types("no"), {}};
const AttachmentPolicy kNames{read_permitted_types("yes"), mail::FileEndings("exe, js, docm")};
const AttachmentPolicy kListed{read_permitted_types("image/*, application/pdf, text/plain, text/csv"),
                               mail::FileEndings("exe, js, docm")};

std::string without_cr(std::string text) {
  std::erase(text, '\r');
  return text;
}

std::string part(const std::string& type, const std::string& octets, const std::string& more = {}) {
  return "Content-Type: " + type + "\n" + more + "Content-Transfer-Encoding: base64\n\n" +
         without_cr(mail::encode_base64(octets));
}

std::string named(const std::string& name) { return "Content-Disposition: attachment; filename=\"" + name + "\"\n"; }

std::string multipart(const std::vector<std::string>& parts, const std::string& kind = "mixed",
                      const std::string& boundary = "b") {
  std::string out = "Content-Type: multipart/" + kind + "; boundary=" + boundary + "\n\n";
  for (const std::string& each : parts) out += "--" + boundary + "\n" + each + "\n";
  return out + "--" + boundary + "--\n";
}

const std::string kText = "Content-Type: text/plain\n\nDear cooks,";

mail::Message message_of(const std::string& content) {
  return mail::Message::open("From: a@x.org\nMIME-Version: 1.0\n" + content);
}

// The reasons' words, "" for none.
std::string found(const AttachmentPolicy& policy, const std::string& content) {
  std::string words;
  for (const ContentFinding& each : examine_attachments(policy, message_of(content)).found) {
    words += (words.empty() ? "" : " ") + std::string(word_for(each.why.id));
  }
  return words;
}

std::string found_in(const AttachmentPolicy& policy, const std::string& attachment) {
  return found(policy, multipart({kText, attachment}));
}

TEST(ContentFindings, WithoutAPolicyThereAreNone) {
  const AttachmentPolicy all;
  EXPECT_FALSE(all.is_in_force());
  EXPECT_EQ(found_in(all, part("image/png", kProgram, named("a.exe"))), "");
  EXPECT_TRUE(kNone.is_in_force() && kNames.is_in_force() && kListed.is_in_force());
}

TEST(ContentFindings, TextBodiesSignaturesAndForwardedMessagesAreNoAttachments) {
  const std::string html = "Content-Type: text/html\n\n<p>Dear";
  EXPECT_EQ(found(kNone, kText), "");
  EXPECT_EQ(found(kNone, multipart({kText, html}, "alternative")), "");
  EXPECT_EQ(found(kNone, "Content-Type: text/plain; name=letter.txt\n\nDear"), "");
  EXPECT_EQ(found(kNone, multipart({kText, "Content-Type: application/pgp-signature; name=s.asc\n\nx"}, "signed")), "");
  EXPECT_EQ(found_in(kNone, "Content-Type: message/rfc822\n\nSubject: x\n\ntext\n"), "");
  EXPECT_EQ(found_in(kNone, kText), "");  // a footer of the server's
}

TEST(ContentFindings, WithNoneEveryOtherPartIsOne) {
  EXPECT_EQ(found_in(kNone, part("image/png", kPng)), "attachment_none");
  EXPECT_EQ(found_in(kNone, "Content-Type: text/plain\n" + named("a.txt") + "\nx"), "attachment_none");
  EXPECT_EQ(found_in(kNone, "Content-Type: text/html; name=a.html\n\nx"), "attachment_none");
  EXPECT_EQ(found(kNone, multipart({kText, "Content-Type: text/calendar\n\nBEGIN:VCALENDAR"}, "alternative")),
            "attachment_none");
  EXPECT_EQ(found_in(kNone, multipart({part("image/png", kPng)}, "related", "c")), "attachment_none");
  EXPECT_EQ(found_in(kNone, "Content-Type: message/rfc822\n\n" + part("image/png", kPng)), "attachment_none");
  EXPECT_EQ(found(kNone, part("text/plain", kProgram)), "attachment_none");  // binary under the name of text
}

TEST(ContentFindings, NamesTypesAndOctetsOfAForbiddenKindAreFoundWhateverTypesArePermitted) {
  EXPECT_EQ(found_in(kNames, part("image/png", kPng, named("A.EXE."))), "attachment_name");
  EXPECT_EQ(found_in(kNames, part("image/png; name=a.js", kPng)), "attachment_name");
  EXPECT_EQ(found_in(kNames, part("application/x-msdownload", kPng)), "attachment_kind");
  EXPECT_EQ(found_in(kNames, part("image/png", kProgram)), "attachment_kind");
  EXPECT_EQ(found(kNames, part("text/plain", kProgram)), "attachment_kind");
  EXPECT_EQ(found_in(kNames, part("image/svg+xml", "<svg><script/></svg>")), "attachment_holds");
  EXPECT_EQ(found_in(kNames, part("application/gzip", "\x1F\x8B", named("a.exe.gz"))), "attachment_holds");
  EXPECT_EQ(found_in(kNames, part("application/x-7z-compressed", "7z\xBC\xAF\x27\x1C")), "attachment_closed");
  EXPECT_EQ(found_in(kNames, part("application/ms-tnef", "\x78\x9F\x3E\x22", named("winmail.dat"))),
            "attachment_closed");
  EXPECT_EQ(found_in(kNames, "Content-Type: message/rfc822; name=a.js\n\nSubject: x\n\ntext\n"), "attachment_name");
  EXPECT_EQ(found_in(kNames, part("image/x-thing", "\x01\x02")), "");
}

TEST(ContentFindings, DeclaredTypeAndOctetsMustBothBePermitted) {
  EXPECT_EQ(found_in(kListed, part("image/png", kPng)), "");
  EXPECT_EQ(found_in(kListed, part("image/png", kJpeg)), "");
  EXPECT_EQ(found_in(kListed, part("application/pdf", kPdf)), "");
  EXPECT_EQ(found_in(kListed, part("text/csv", "a,b\n", named("a.csv"))), "");
  EXPECT_EQ(found_in(kListed, part("audio/mpeg", "ID3\x03" + kPng)), "attachment_type");
  EXPECT_EQ(found_in(kListed, part("application/zip", kPng)), "attachment_type");
  EXPECT_EQ(found_in(kListed, part("image/png", "\x1A\x45\xDF\xA3\x01")), "attachment_differs");
  EXPECT_EQ(found_in(kListed, part("image/png", "\x01\x02")), "attachment_differs");
  EXPECT_EQ(found_in(kListed, part("text/csv", "\x01\x02", named("a.csv"))), "attachment_differs");
  EXPECT_EQ(found_in(kListed, part("image/x-thing", "\x01\x02")), "");
}

TEST(ContentFindings, OctetStreamIsWhatItsNameAndItsOctetsSay) {
  const std::string stream = "application/octet-stream";
  EXPECT_EQ(found_in(kListed, part(stream, kPng, named("a.PNG"))), "");
  EXPECT_EQ(found_in(kListed, part(stream, "a,b\n", named("a.csv"))), "");
  EXPECT_EQ(found_in(kListed, part(stream, kPng)), "attachment_unclear");
  EXPECT_EQ(found_in(kListed, part(stream, kPng, named("a.pdf"))), "attachment_unclear");
  EXPECT_EQ(found_in(kListed, part(stream, kPng, named("a.zip"))), "attachment_unclear");
  EXPECT_EQ(found_in(kListed, part(stream, "\x01", named("a.png"))), "attachment_unclear");
}

TEST(ContentFindings, WhatIsSignedOrOpaqueIsClosed) {
  const auto closed = [](const AttachmentPolicy& policy, const std::string& content) {
    return examine_attachments(policy, message_of(content)).is_closed;
  };
  const std::string signature = "Content-Type: application/pgp-signature\n\nx";
  EXPECT_TRUE(
      closed(kNames, multipart({multipart({kText, part("image/png", kProgram)}, "mixed", "c"), signature}, "signed")));
  EXPECT_FALSE(closed(kNames, multipart({kText, signature}, "signed")));
  EXPECT_TRUE(closed(kListed, part("application/pkcs7-mime", "\x30\x82")));
  EXPECT_FALSE(closed(kNames, part("application/pkcs7-mime", "\x30\x82")));
  const std::string encrypted = multipart(
      {"Content-Type: application/pgp-encrypted\n\nVersion: 1", "Content-Type: application/octet-stream\n\nx"},
      "encrypted");
  EXPECT_TRUE(closed(kListed, encrypted));
  EXPECT_EQ(found(kListed, encrypted), "attachment_type");
  EXPECT_EQ(found(kNames, encrypted), "");
}

TEST(ContentFindings, Base64ThatReadersDecodeDifferentlyIsUnclear) {
  const std::string png = "Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw==\nTVqQAAM=\n";
  EXPECT_TRUE(examine_attachments(kListed, message_of(multipart({kText, png}))).is_unclear);
  EXPECT_FALSE(examine_attachments(kListed, message_of(multipart({kText, part("image/png", kPng)}))).is_unclear);
}

std::string note_of(const ContentFinding& finding) { return "[Removed: " + in_english({finding.why}) + "]"; }

std::string stripped(const AttachmentPolicy& policy, const std::string& content) {
  const mail::Message message = message_of(content);
  mail::Edit edit(message);
  remove_found(message, examine_attachments(policy, message), note_of, edit);
  const std::string bytes = edit.apply().bytes;
  return bytes == message.bytes() ? "unchanged" : bytes;
}

const std::string kNoteHead =
    "Content-Disposition: inline\nContent-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 7bit\n\n";

TEST(Removal, LeavesANoteInPlaceOfAPart) {
  EXPECT_EQ(stripped(kNames, multipart({kText, part("image/png", kPng)})), "unchanged");
  EXPECT_EQ(stripped(kNames, multipart({kText, part("image/png", kProgram, named("a.exe")), kText})),
            "From: a@x.org\nMIME-Version: 1.0\n" +
                multipart({kText,
                           kNoteHead + "[Removed: a.exe (image/png, 8 octets): files whose names end in .exe are not "
                                       "permitted]",
                           kText}));
}

TEST(Removal, ShowsNamesAsPeopleReadThemAndPrintable) {
  const std::string note = stripped(kNone, multipart({kText, part("image/png", kPng,
                                                                  "Content-Disposition: attachment;\n"
                                                                  " filename*=utf-8''a%E2%80%AE%0Ab.png\n")}));
  EXPECT_NE(note.find("[Removed: a\\xe2\\x80\\xae b.png (image/png, 10 octets): attachments are not permitted]"),
            std::string::npos)
      << note;
}

TEST(Removal, OfAMessageOfFilesTheNotesAreLeft) {
  const std::string note = "[Removed: ? (image/png, 10 octets): attachments are not permitted]";
  EXPECT_EQ(stripped(kNone, part("image/png", kPng)), "From: a@x.org\nMIME-Version: 1.0\n" + kNoteHead + note + "\n");
  EXPECT_EQ(stripped(kNone, multipart({part("image/png", kPng), multipart({part("image/png", kPng)}, "mixed", "c")})),
            "From: a@x.org\nMIME-Version: 1.0\n" + kNoteHead + note + "\n" + note + "\n");
}

TEST(Removal, OfAnAlternativeTheNoteStandsInFront) {
  const std::string note = "[Removed: ? (text/calendar, 15 octets): attachments are not permitted]";
  const std::string calendar = "Content-Type: text/calendar\n\nBEGIN:VCALENDAR";
  EXPECT_EQ(
      stripped(kNone, multipart({kText, calendar, calendar}, "alternative")),
      "From: a@x.org\nMIME-Version: 1.0\n" + multipart({kNoteHead + note, kNoteHead + note, kText}, "alternative"));
}

TEST(Removal, LeavesALineInPlaceOfABlock) {
  const std::string uu = "begin 644 a.exe\n#0V%T\nend\n";
  const std::string note =
      "[Removed: a.exe (application/octet-stream, 3 octets): files whose names end in .exe are not permitted]\n";
  EXPECT_EQ(stripped(kNames, "\nDear\n" + uu + "Ann\n" + uu),
            "From: a@x.org\nMIME-Version: 1.0\n\nDear\n" + note + "Ann\n" + note);
  EXPECT_EQ(stripped(kNames, "Content-Transfer-Encoding: base64\n\n" + without_cr(mail::encode_base64("Dear\n" + uu))),
            "From: a@x.org\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n" +
                without_cr(mail::encode_base64("Dear\n" + note)));
  // Latin-1 has no such name: the text becomes UTF-8.
  const std::string cyrillic =
      stripped(kNames, "Content-Type: text/plain; charset=koi8-r\n\n\xC1\nbegin 644 \xC1.exe\n#0V%T\nend\n");
  EXPECT_NE(cyrillic.find("charset=UTF-8"), std::string::npos);
  EXPECT_NE(mail::decode_quoted_printable(cyrillic).find("а\n[Removed: а.exe"), std::string::npos) << cyrillic;
}

TEST(Removal, LettersShowNoMoreThanTheHeaderOfWhatIsAmbiguous) {
  const mail::Message message = message_of("Content-Type: image/png\nContent-Type: image/gif\n\nPNG\n");
  const auto shown = without_found(message, examine_attachments(kNone, message), note_of);
  ASSERT_NE(shown, nullptr);
  EXPECT_EQ(shown->bytes().find("PNG\n"), std::string::npos);
  EXPECT_EQ(without_found(message_of(kText), {}, note_of), nullptr);
}

}  // namespace
}  // namespace majlis::lists
