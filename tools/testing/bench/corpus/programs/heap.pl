# SPDX-License-Identifier: GPL-2.0-only
# A Perl program: hashes of arrays, strings, compiled code.
use strict;
use warnings;
use POSIX ();
use Data::Dumper ();
use File::Find ();
use Getopt::Long ();
use Text::Wrap ();

srand(1);
my @words = map { join '', map { chr(97 + int rand 26) } 1 .. 3 + int rand 9 } 1 .. 15000;
my %index;
push @{$index{substr $_, 0, 2}}, $_ for @words;
my @records = map {
	{ id => $_, name => $words[rand @words], value => rand, tags => [@words[map { rand @words } 1 .. 3]] }
} 1 .. 6000;
my $text = join "\n", map { "$_->{id}\t$_->{name}\t$_->{value}" } @records;
my @lines = split /\n/, $text;
my @subs = map { eval "sub { my \$x = shift; return \$x * $_ + length '$words[$_]' }" } 1 .. 800;

$| = 1;
print "ready\n";
my $wait = <STDIN>;
