#include "mail/content/text_blocks.h"

#include <string>

#include <gtest/gtest.h>

namespace majlis::mail {
namespace {

const std::string kUu = "begin 644 setup.exe\n#0V%T\n`\nend\n";

std::string without_blocks(std::string text) {
  const std::vector<TextBlock> blocks = find_text_blocks(text);
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block)
    text.erase(block->begin, block->end - block->begin);
  return text;
}

TEST(TextBlocks, FindsAUuencodedFile) {
  const std::vector<TextBlock> blocks = find_text_blocks("Dear all,\n" + kUu + "Ann\n");
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].name, "setup.exe");
  EXPECT_EQ(blocks[0].octets, "Cat");
  EXPECT_EQ(without_blocks("Dear all,\n" + kUu + "Ann\n"), "Dear all,\nAnn\n");
  EXPECT_EQ(without_blocks("a\r\nbegin 0644 x y\r\n#0V%T\r\nend\r\nb\r\n"), "a\r\nb\r\n");
}

TEST(TextBlocks, FindsOneThatIsCutOffOrHasForeignLinesInIt) {
  EXPECT_EQ(without_blocks("a\nbegin 644 x\n#0V%T\n"), "a\n");
  EXPECT_EQ(without_blocks("a\nbegin 644 x\n#0V%T\nforeign\n#0V%T\nend\nb\n"), "a\nb\n");
  EXPECT_EQ(without_blocks("a\nbegin 644 x\nend\nb\n"), "a\nb\n");
}

TEST(TextBlocks, ProseIsNone) {
  for (const std::string text : {"begin 644 and go on\nwith words\n", "begin 12 x\n#0V%T\n", "begin x\n", "begin 644\n",
                                 " begin 644 x\n#0V%T\nend\n", "the beginning\n", "=yes\n", "(This file)\n"}) {
    EXPECT_TRUE(find_text_blocks(text).empty()) << text;
  }
}

TEST(TextBlocks, FindsBase64OfUuencode) {
  const std::string text = "a\nbegin-base64 644 x.exe\nQ2F0\n====\nb\n";
  const std::vector<TextBlock> blocks = find_text_blocks(text);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].octets, "Cat");
  EXPECT_EQ(without_blocks(text), "a\nb\n");
}

TEST(TextBlocks, FindsYenc) {
  const std::string text =
      "a\n=ybegin line=128 size=4 name=a setup.exe\n=ypart begin=1 end=4\nm\x8B\x9E=J\n=yend size=4\nb\n";
  const std::vector<TextBlock> blocks = find_text_blocks(text);
  ASSERT_EQ(blocks.size(), 1U);
  EXPECT_EQ(blocks[0].name, "a setup.exe");
  EXPECT_EQ(blocks[0].octets, std::string("Cat\xE0", 4));
  EXPECT_EQ(without_blocks(text), "a\nb\n");
}

TEST(TextBlocks, FindsBinHex) {
  const std::string text = "a\n(This file must be converted with BinHex 4.0)\n\n:abc\ndef:\nb\n";
  ASSERT_EQ(find_text_blocks(text).size(), 1U);
  EXPECT_EQ(find_text_blocks(text)[0].form, TextBlock::Form::binhex);
  EXPECT_EQ(without_blocks(text), "a\nb\n");
}

TEST(TextBlocks, BeyondTheCeilingTheLastGoesToTheEnd) {
  std::string text;
  for (std::size_t i = 0; i < kMaxTextBlocks + 10; ++i) text += kUu;
  const std::vector<TextBlock> blocks = find_text_blocks(text);
  EXPECT_EQ(blocks.size(), kMaxTextBlocks);
  EXPECT_EQ(blocks.back().end, text.size());
}

}  // namespace
}  // namespace majlis::mail
