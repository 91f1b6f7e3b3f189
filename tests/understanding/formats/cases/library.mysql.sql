-- MySQL dump
/*!40101 SET NAMES utf8 */;
SET FOREIGN_KEY_CHECKS=0;
DROP TABLE IF EXISTS `members`;
CREATE TABLE `members` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `email` varchar(190) NOT NULL,
  `passwd` char(60) NOT NULL,
  `level` enum('basic','gold') NOT NULL DEFAULT 'basic' COMMENT 'what they pay for',
  `active` tinyint(1) NOT NULL DEFAULT '1',
  `balance` decimal(8,2) DEFAULT NULL,
  `joined` date NOT NULL,
  `created_at` timestamp NULL DEFAULT CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`),
  UNIQUE KEY `email` (`email`),
  KEY `joined` (`joined`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COMMENT='Whoever borrows';
CREATE TABLE `books` (
  `isbn` char(13) NOT NULL,
  `title` varchar(200) NOT NULL,
  `copies` smallint unsigned NOT NULL DEFAULT '1',
  PRIMARY KEY (`isbn`)
) ENGINE=InnoDB;
CREATE TABLE `loans` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `member_id` int unsigned NOT NULL,
  `book_isbn` char(13) NOT NULL,
  `due_on` date NOT NULL,
  `returned_on` date DEFAULT NULL,
  `deleted_at` datetime DEFAULT NULL,
  PRIMARY KEY (`id`),
  CONSTRAINT `fk_member` FOREIGN KEY (`member_id`) REFERENCES `members` (`id`) ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT `fk_book` FOREIGN KEY (`book_isbn`) REFERENCES `books` (`isbn`),
  CONSTRAINT `dates` CHECK (`returned_on` is null or `returned_on` <= `due_on`)
) ENGINE=InnoDB;
INSERT INTO `books` VALUES ('9780000000000','A; book',2);
